using System.Reflection;

namespace EventDrivenActors.Subprocess.Wire;

/// <summary>The types of a method's arguments and result that have to cross the process line.</summary>
internal static class SignatureTypes
{
    public static IEnumerable<Type> Of(MethodInfo method) =>
        method.GetParameters().Select(parameter => parameter.ParameterType).Append(ResultOf(method.ReturnType));

    /// <summary>What a call gives: the result of a task, or the returned type itself.</summary>
    public static Type ResultOf(Type returned)
    {
        if (returned == typeof(Task) || returned == typeof(ValueTask))
        {
            return typeof(void);
        }

        for (var type = returned; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>)))
            {
                return type.GetGenericArguments()[0];
            }
        }

        return returned;
    }
}
