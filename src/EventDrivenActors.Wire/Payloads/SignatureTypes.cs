using System.Reflection;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>The types of a method's arguments and result that have to cross the process line.</summary>
internal static class SignatureTypes
{
    public static IEnumerable<Type> Of(MethodInfo method) =>
        method.GetParameters().Select(parameter => parameter.ParameterType).Append(FinalResultOf(method.ReturnType));

    /// <summary>What comes of a call in the end: a task of a task is awaited to its value.</summary>
    private static Type FinalResultOf(Type returned) =>
        ResultOf(returned) is var result && result != returned ? FinalResultOf(result) : result;

    /// <summary>What a call gives: the result of a task, or the returned type itself.</summary>
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
