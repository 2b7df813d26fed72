using System.Reflection;
using EventDrivenActors.Wire.Payloads;

namespace EventDrivenActors.Wire.Protocol;

/// <summary>
/// A method named so that the other process can find the same one: only static methods and lambdas that capture
/// nothing, because nothing but the name travels. Two references are equal when all names are.
/// </summary>
/// <param name="Assembly">Simple name of the assembly.</param>
/// <param name="DeclaringType">Full name of the declaring type with its generic arguments.</param>
/// <param name="Method">Name of the method.</param>
/// <param name="GenericArguments">Names of the method's own generic arguments.</param>
/// <param name="ParameterTypes">Names of the parameter types, closed.</param>
/// <param name="Builds">The builds of the application's assemblies that these names are looked up in.</param>
internal sealed record MethodReference(
    string Assembly,
    string DeclaringType,
    string Method,
    IReadOnlyList<string> GenericArguments,
    IReadOnlyList<string> ParameterTypes,
    IReadOnlyList<string> Builds
)
{
    /// <summary>Names the method of <paramref name="function"/>.</summary>
    /// <exception cref="ArgumentException">It captures something, or a type of it is not to be found by its name; the
    /// message says which.</exception>
    public static MethodReference From(Delegate function)
    {
        CaptureCheck.Require(function);
        return Of(function.Method);
    }

    /// <summary>Names a method, static or not, of which nothing but the name travels.</summary>
    public static MethodReference Of(MethodInfo method)
    {
        Type type = method.DeclaringType!;
        return new MethodReference(
            type.Assembly.GetName().Name!,
            WireTypeName.Qualified(type),
            method.Name,
            method.IsGenericMethod ? Names(method.GetGenericArguments()) : [],
            Names(method.GetParameters().Select(parameter => parameter.ParameterType)),
            Protocol.Builds.Of(method)
        );
    }

    public bool Equals(MethodReference? other) =>
        other is not null
        && Assembly == other.Assembly
        && DeclaringType == other.DeclaringType
        && Method == other.Method
        && GenericArguments.SequenceEqual(other.GenericArguments)
        && ParameterTypes.SequenceEqual(other.ParameterTypes);

    public override int GetHashCode() =>
        HashCode.Combine(Assembly, DeclaringType, Method, GenericArguments.Count, ParameterTypes.Count);

    public override string ToString() => $"{DeclaringType}.{Method}({string.Join("; ", ParameterTypes)}) in {Assembly}";

    private static string[] Names(IEnumerable<Type> types) => [.. types.Select(WireTypeName.Of)];
}
