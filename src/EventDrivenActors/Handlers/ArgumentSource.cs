using System.Runtime.CompilerServices;
using EventDrivenActors.Sessions;

namespace EventDrivenActors.Handlers;

/// <summary>Where a handler's parameter comes from: the session, its token, or an argument by position.</summary>
internal static class ArgumentSource
{
    public const int Session = -1;
    public const int Token = -2;

    /// <summary>All arguments from a place on, for a parameter with <c>params</c>; less the place.</summary>
    public const int ParamsArray = -3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Read<T>(Session session, int source, HandlerSignature handler) =>
        typeof(T) == typeof(Session) ? Unsafe.As<Session, T>(ref session) : ReadArgument<T>(session, source, handler);

    private static T ReadArgument<T>(Session session, int source, HandlerSignature handler)
    {
        if (typeof(T) == typeof(CancellationToken))
        {
            CancellationToken token = session.CancellationToken;
            return Unsafe.As<CancellationToken, T>(ref token);
        }

        object? value;
        SessionFrame frame = session.Frame;
        object?[] args = frame.Args;
        if ((uint)source < (uint)args.Length)
        {
            value = args[source];
        }
        else if (
            args.Length == 0
            && source == 0
            && handler.TakesValue
            && (frame.Value is not null || !handler.HasDefault)
        )
        {
            value = frame.Value;
        }
        else
        {
            return Missing<T>(session, source, handler);
        }

        if (value is not null && value.GetType() == typeof(T) && !typeof(T).IsValueType)
        {
            // The exact type is one comparison, in just this form; a cast to a type parameter is a call.
            return Unsafe.As<object, T>(ref value);
        }

        return value is T typed ? typed
            : value is null && default(T) is null ? default!
            : throw Refused(session, source, value, typeof(T), handler);
    }

    private static T Missing<T>(Session session, int source, HandlerSignature handler) =>
        source <= ParamsArray ? ReadParams<T>(session, ParamsArray - source, handler)
        : handler.TryDefault(source, out T value) ? value
        : throw new ArgumentException(
            $"The handler '{handler.Name}' takes an argument {source + 1} of type {typeof(T).Name}, but the event "
                + $"'{session.Event}' has {session.Frame.Args.Length}; dispatch it with args: […]."
        );

    private static T ReadParams<T>(Session session, int first, HandlerSignature handler)
    {
        SessionFrame frame = session.Frame;
        object?[] args =
            frame.Args.Length == 0 && first == 0 && frame.Value is { } only ? [only] : [.. frame.Args.Skip(first)];
        if (args is [T whole])
        {
            return whole;
        }

        Type element = typeof(T).GetElementType()!;
        Array rest = Array.CreateInstance(element, args.Length);
        for (int i = 0; i < args.Length; i++)
        {
            if (
                args[i] is { } argument
                    ? !element.IsInstanceOfType(argument)
                    : element.IsValueType && Nullable.GetUnderlyingType(element) is null
            )
            {
                throw Refused(session, first + i, args[i], element, handler);
            }

            rest.SetValue(args[i], i);
        }

        return (T)(object)rest;
    }

    private static ArgumentException Refused(
        Session session,
        int source,
        object? value,
        Type taken,
        HandlerSignature handler
    ) =>
        new(
            $"Argument {source + 1} of the event '{session.Event}' is '{value ?? "null"}' "
                + $"({value?.GetType().Name ?? "null"}), but the handler '{handler.Name}' takes a {taken.Name}."
        );
}
