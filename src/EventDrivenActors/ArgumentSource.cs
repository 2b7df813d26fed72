using System.Runtime.CompilerServices;

namespace EventDrivenActors;

/// <summary>Where a handler's parameter comes from: the session, its token, or an argument by position.</summary>
internal static class ArgumentSource
{
    public const int Session = -1;
    public const int Token = -2;
    public const int ValueOrOnlyArgument = -3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Read<T>(Session session, int source, string handler) =>
        typeof(T) == typeof(Session) ? Unsafe.As<Session, T>(ref session) : ReadArgument<T>(session, source, handler);

    private static T ReadArgument<T>(Session session, int source, string handler)
    {
        if (typeof(T) == typeof(CancellationToken))
        {
            CancellationToken token = session.CancellationToken;
            return Unsafe.As<CancellationToken, T>(ref token);
        }

        object? value;
        SessionFrame frame = session.Frame;
        object?[] args = frame.Args;
        if (source == ValueOrOnlyArgument)
        {
            value = args.Length == 0 ? frame.Value : args[0];
            source = 0;
        }
        else if (source < args.Length)
        {
            value = args[source];
        }
        else
        {
            throw new ArgumentException(
                $"The handler '{handler}' takes an argument {source + 1} of type {typeof(T).Name}, but the event '{session.Event}' has {args.Length}; dispatch it with args: […].");
        }

        if (value is not null && value.GetType() == typeof(T) && !typeof(T).IsValueType)
        {
            // The exact type is one comparison, in just this form; a cast to a type parameter is a call.
            return Unsafe.As<object, T>(ref value);
        }

        return value is T typed ? typed
            : value is null && default(T) is null ? default!
            : throw new ArgumentException(
                $"Argument {source + 1} of the event '{session.Event}' is '{value ?? "null"}' ({value?.GetType().Name ?? "null"}), but the handler '{handler}' takes a {typeof(T).Name}.");
    }
}
