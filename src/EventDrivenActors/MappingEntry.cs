using System.Runtime.CompilerServices;

namespace EventDrivenActors;

/// <summary>One delegate of a mapping.</summary>
public sealed record MappingEntry
{
    private readonly Action<Session>? _action;
    private readonly Func<Session, Returned> _invoke;

    internal MappingEntry(MappingSlot slot, object? key, Delegate handler)
    {
        Slot = slot;
        Key = key;
        Handler = handler;
        _action = handler as Action<Session>;
        _invoke = HandlerBinder.Bind(handler);
    }

    /// <summary>What it is for.</summary>
    public MappingSlot Slot { get; }

    /// <summary>
    /// The event's key; <see langword="null"/> unless <see cref="Slot"/> is <see cref="MappingSlot.Handler"/>.
    /// </summary>
    public object? Key { get; }

    /// <summary>The delegate as it was mapped.</summary>
    public Delegate Handler { get; }

    /// <summary>Calls it; the most common form directly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Returned Run(Session session)
    {
        if (_action is null)
        {
            return _invoke(session);
        }

        _action(session);
        return default;
    }

    internal string Name => HandlerBinder.NameOf(Handler);

    internal bool IsSame(MappingEntry other) =>
        Slot == other.Slot && Equals(Key, other.Key) && Handler.Equals(other.Handler);
}
