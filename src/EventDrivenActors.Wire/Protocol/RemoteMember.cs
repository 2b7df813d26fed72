using System.Reflection;
using EventDrivenActors.Wire.Payloads;

namespace EventDrivenActors.Wire.Protocol;

/// <summary>
/// A member of a remote object's interface, as both ends see it: checked, and closed where it is generic.
/// </summary>
internal sealed class RemoteMember
{
    private static readonly Type[] Tasks = [typeof(Task<>), typeof(ValueTask<>)];

    /// <exception cref="ArgumentException">A type of the signature can never cross; the sentence names the
    /// member.</exception>
    public RemoteMember(MethodInfo method)
    {
        Method = method;
        Name = $"{method.DeclaringType!.Name}.{method.Name}";
        Parameters = [.. method.GetParameters().Select(parameter => parameter.ParameterType)];
        Result = SignatureTypes.ResultOf(method.ReturnType);
        IsAsync =
            method.ReturnType != Result || method.ReturnType == typeof(Task) || method.ReturnType == typeof(ValueTask);
        foreach (ParameterInfo parameter in method.GetParameters())
        {
            Require(
                parameter.ParameterType,
                IsOpen(parameter.ParameterType)
                    || parameter.ParameterType == typeof(CancellationToken)
                    || MayCross(parameter.ParameterType),
                $"the parameter '{parameter.Name}'"
            );
        }

        Type returned = method.ReturnType;
        bool isTask =
            returned == typeof(Task)
            || returned == typeof(ValueTask)
            || (returned.IsGenericType && Tasks.Contains(returned.GetGenericTypeDefinition()));
        Require(
            returned,
            IsOpen(returned) ? !returned.IsByRef
                : Result == typeof(void) ? isTask || returned == typeof(void)
                : (isTask || returned == Result) && MayCross(Result),
            "the result"
        );
    }

    public MethodInfo Method { get; }

    /// <summary>Interface and method, for messages.</summary>
    public string Name { get; }

    public Type[] Parameters { get; }

    /// <summary>The type that a call returns, without its task; void for nothing.</summary>
    public Type Result { get; }

    /// <summary>Whether it returns a task of some kind.</summary>
    public bool IsAsync { get; }

    private static bool IsOpen(Type type) =>
        type.ContainsGenericParameters && !type.IsByRef && !type.IsByRefLike && !type.IsPointer;

    private static bool MayCross(Type type) =>
        !ForbiddenTypes.Contains(type)
        && !(
            type.IsGenericType
            && type.GetGenericTypeDefinition() is var definition
            && (definition == typeof(IAsyncEnumerable<>) || definition == typeof(IProgress<>))
        );

    private void Require(Type type, bool holds, string what)
    {
        if (!holds)
        {
            throw new ArgumentException(
                $"The member '{Name}' cannot be called in another process: {what} is of type '{type}', which cannot "
                    + "cross; take and return values, tasks of values and cancellation tokens."
            );
        }
    }
}
