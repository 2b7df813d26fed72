using System.Reflection;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>The types of a method's arguments and result that have to cross the process line.</summary>
internal static class SignatureTypes
{
    public static IEnumerable<Type> Of(MethodInfo method) =>
        method.GetParameters().Select(parameter => parameter.ParameterType).Append(FinalResultOf(method.ReturnType));

    /// <summary>The final result type of a call: a task of a task is awaited to its value.</summary>
    private static Type FinalResultOf(Type returned) =>
        ResultOf(returned) is var result && result != returned ? FinalResultOf(result) : result;

    /// <summary>The result type of a call: the result of a task, or the returned type itself.</summary>
    public static Type ResultOf(Type returned)
    {
        if (returned == typeof(Task) || returned == typeof(ValueTask))
        {
            return typeof(void);
        }

        for (Type? type = returned; type is not null; type = type.BaseType)
        {
            if (
                type.IsGenericType
                && (
                    type.GetGenericTypeDefinition() == typeof(Task<>)
                    || type.GetGenericTypeDefinition() == typeof(ValueTask<>)
                )
            )
            {
                return type.GetGenericArguments()[0];
            }
        }

        return returned;
    }
}
