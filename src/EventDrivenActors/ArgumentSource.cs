using System.Runtime.CompilerServices;

namespace EventDrivenActors;

/// <summary>Where a handler's parameter comes from: the session, its token, or an argument by position.</summary>
internal static class ArgumentSource
{
    public const int Session = -1;
    public const int Token = -2;
    public const int ValueOrOnlyArgument = -3;

    public static T Read<T>(Session session, int source, string handler)
    {
        if (typeof(T) == typeof(Session))
        {
            return Unsafe.As<Session, T>(ref session);
        }

        if (typeof(T) == typeof(CancellationToken))
        {
            CancellationToken token = session.CancellationToken;
            return Unsafe.As<CancellationToken, T>(ref token);
        }

        object? value;
        if (source == ValueOrOnlyArgument)
        {
            value = session.Args.Count == 0 ? session.Value : session.Args[0];
            source = 0;
        }
        else if (source < session.Args.Count)
        {
            value = session.Args[source];
        }
        else
        {
            throw new ArgumentException(
                $"The handler '{handler}' takes an argument {source + 1} of type {typeof(T).Name}, but the event '{session.Event}' has {session.Args.Count}; dispatch it with args: […].");
        }

        return value is T typed ? typed
            : value is null && default(T) is null ? default!
            : throw new ArgumentException(
                $"Argument {source + 1} of the event '{session.Event}' is '{value ?? "null"}' ({value?.GetType().Name ?? "null"}), but the handler '{handler}' takes a {typeof(T).Name}.");
    }
}
