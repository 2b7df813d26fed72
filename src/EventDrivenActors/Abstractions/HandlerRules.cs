using System.Reflection;

namespace EventDrivenActors;

/// <summary>Which delegates can be handlers at all, and what messages call them.</summary>
internal static class HandlerRules
{
    private const int MostParameters = 6;

    /// <exception cref="ArgumentException">The handler has parameters that no event can fill.</exception>
    public static void Require(Delegate handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        MethodInfo invoke = handler.GetType().GetMethod("Invoke")!;
        ParameterInfo[] parameters = invoke.GetParameters();
        if (parameters.Length > MostParameters)
        {
            throw new ArgumentException(
                $"The handler '{NameOf(handler)}' has {parameters.Length} parameters and at most {MostParameters} "
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
    }

    public static string NameOf(Delegate handler)
    {
        string name = handler.Method.Name;
        string? owner = handler.Method.DeclaringType?.Name;
        return owner is null || owner.StartsWith('<') ? name : $"{owner}.{name}";
    }
}
