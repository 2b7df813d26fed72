using System.Runtime.CompilerServices;
using EventDrivenActors.Sessions;

namespace EventDrivenActors.Handlers;

/// <summary>A mapped delegate as one typed call.</summary>
internal sealed class BoundHandler
{
    private readonly Action<Session>? _action;
    private readonly Func<Session, Returned> _invoke;

    private BoundHandler(Delegate handler)
    {
        Handler = handler;
        _action = handler as Action<Session>;
        _invoke = HandlerBinder.Bind(handler);
    }

    public Delegate Handler { get; }

    public string Name => HandlerRules.NameOf(Handler);

    /// <summary>The call of an entry, made once for all controllers that share the entry.</summary>
    public static BoundHandler Of(MappingEntry entry) =>
        (BoundHandler)(entry.Compiled ??= new BoundHandler(entry.Handler));

    /// <summary>Calls it; the most common form directly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Returned Run(Session session)
    {
        if (_action is null)
        {
            return _invoke(session);
        }

        _action(session);
        return default;
    }
}
