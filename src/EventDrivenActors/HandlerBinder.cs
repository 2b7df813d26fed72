using System.Reflection;

namespace EventDrivenActors;

/// <summary>
/// Turns any delegate into one typed call: parameters filled from the session, every return type made one form.
/// </summary>
/// <remarks>
/// Reflection runs once, when a handler is mapped; a call then costs a few typed reads and no <c>DynamicInvoke</c>.
/// </remarks>
internal static class HandlerBinder
{
    private static readonly Type[] Calls =
    [
        typeof(BoundCall<>),
        typeof(BoundCall<,>),
        typeof(BoundCall<,,>),
        typeof(BoundCall<,,,>),
        typeof(BoundCall<,,,,>),
        typeof(BoundCall<,,,,,>),
        typeof(BoundCall<,,,,,,>),
    ];

    public static Func<Session, Returned> Bind(Delegate handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        MethodInfo invoke = handler.GetType().GetMethod("Invoke")!;
        ParameterInfo[] parameters = invoke.GetParameters();
        if (parameters.Length >= Calls.Length)
        {
            throw new ArgumentException(
                $"The handler '{NameOf(handler)}' has {parameters.Length} parameters and at most {Calls.Length - 1} "
                    + "are supported; take an array or a record instead.",
                nameof(handler)
            );
        }

        foreach (ParameterInfo parameter in parameters)
        {
            if (
                parameter.ParameterType.IsByRef
                || parameter.ParameterType.IsByRefLike
                || parameter.ParameterType.IsPointer
            )
            {
                throw new ArgumentException(
                    $"The parameter '{parameter.Name}' of the handler '{NameOf(handler)}' is of type "
                        + $"{parameter.ParameterType}, which no event can carry; take it by value.",
                    nameof(handler)
                );
            }
        }

        if (invoke.ReturnType.IsByRef || invoke.ReturnType.IsByRefLike || invoke.ReturnType.IsPointer)
        {
            throw new ArgumentException(
                $"The handler '{NameOf(handler)}' returns a {invoke.ReturnType}, which no event can carry; return it "
                    + "by value.",
                nameof(handler)
            );
        }

        if (!handler.HasSingleTarget && invoke.ReturnType != typeof(void) && !IsPlain(invoke.ReturnType))
        {
            Func<Session, Returned>[] calls = Array.ConvertAll(handler.GetInvocationList(), Bind);
            return session => BoundResult.FromAll(calls, session);
        }

        Type[] types = [.. parameters.Select(p => p.ParameterType)];
        Type returned = invoke.ReturnType == typeof(void) ? typeof(NoResult) : invoke.ReturnType;
        HandlerSignature signature = HandlerSignature.Of(handler, NameOf(handler), parameters);
        Type call = Calls[types.Length].MakeGenericType([.. types, returned]);
        return ((IBoundCall)Activator.CreateInstance(call)!).Bind(handler, signature.Sources, signature);
    }

    public static string NameOf(Delegate handler)
    {
        string name = handler.Method.Name;
        string? owner = handler.Method.DeclaringType?.Name;
        return owner is null || owner.StartsWith('<') ? name : $"{owner}.{name}";
    }

    private static bool IsPlain(Type type) => !Awaitable.MayHide(type) && Awaitable.Of(type) is null;
}
