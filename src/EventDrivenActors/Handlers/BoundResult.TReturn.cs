using EventDrivenActors.Sessions;

namespace EventDrivenActors.Handlers;

/// <summary>The conversion for one return type, chosen once.</summary>
internal static class BoundResult<TReturn>
{
    /// <summary>Whether values of this type are results, and not awaited.</summary>
    public static readonly bool IsPlain = !Awaitable.MayHide(typeof(TReturn)) && Awaitable.Of(typeof(TReturn)) is null;

    public static readonly Func<TReturn, Returned> Convert = Choose();

    private static Func<TReturn, Returned> Choose()
    {
        Type type = typeof(TReturn);
        if (type == typeof(NoResult))
        {
            return Make(nameof(BoundResult.FromNothing));
        }

        if (type == typeof(Returned))
        {
            return Make(nameof(BoundResult.FromReturned));
        }

        if (IsPlain)
        {
            return Make(nameof(BoundResult.FromValue), type);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>))
        {
            return Make(nameof(BoundResult.FromValueTaskOf), type.GetGenericArguments()[0]);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>))
        {
            return Make(nameof(BoundResult.FromTaskOf), type.GetGenericArguments()[0]);
        }

        return type == typeof(Task) ? Make(nameof(BoundResult.FromTask))
            : type == typeof(ValueTask) ? Make(nameof(BoundResult.FromValueTask))
            : Make(nameof(BoundResult.FromAny), type);
    }

    private static Func<TReturn, Returned> Make(string name, params Type[] arguments)
    {
        System.Reflection.MethodInfo method = typeof(BoundResult).GetMethod(name)!;
        return (arguments.Length == 0 ? method : method.MakeGenericMethod(arguments)).CreateDelegate<
            Func<TReturn, Returned>
        >();
    }
}
