using System.Reflection;
using EventDrivenActors.Sessions;

namespace EventDrivenActors.Handlers;

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
        HandlerRules.Require(handler);
        MethodInfo invoke = handler.GetType().GetMethod("Invoke")!;
        ParameterInfo[] parameters = invoke.GetParameters();
        if (!handler.HasSingleTarget && invoke.ReturnType != typeof(void) && !IsPlain(invoke.ReturnType))
        {
            Func<Session, Returned>[] calls = Array.ConvertAll(handler.GetInvocationList(), Bind);
            return session => BoundResult.FromAll(calls, session);
        }

        Type[] types = [.. parameters.Select(p => p.ParameterType)];
        Type returned = invoke.ReturnType == typeof(void) ? typeof(NoResult) : invoke.ReturnType;
        HandlerSignature signature = HandlerSignature.Of(handler, HandlerRules.NameOf(handler), parameters);
        Type call = Calls[types.Length].MakeGenericType([.. types, returned]);
        return ((IBoundCall)Activator.CreateInstance(call)!).Bind(handler, signature.Sources, signature);
    }

    private static bool IsPlain(Type type) => !Awaitable.MayHide(type) && Awaitable.Of(type) is null;
}
