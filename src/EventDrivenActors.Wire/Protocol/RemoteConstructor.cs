using System.Globalization;
using System.Reflection;

namespace EventDrivenActors.Wire.Protocol;

/// <summary>
/// Chooses an implementation's constructor by the arguments, as C# would: the best fit, optional parameters filled in.
/// </summary>
internal static class RemoteConstructor
{
    private const BindingFlags Flags =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.CreateInstance | BindingFlags.OptionalParamBinding;

    /// <summary>Finds the constructor.</summary>
    /// <param name="implementation">The type to construct.</param>
    /// <param name="arguments">The arguments; afterwards those for every parameter.</param>
    /// <exception cref="ArgumentException">None fits, or several do.</exception>
    public static ConstructorInfo Choose(Type implementation, ref object?[] arguments)
    {
        object?[] given = arguments;
        ConstructorInfo[] constructors = implementation.GetConstructors();
        try
        {
            ConstructorInfo chosen = (ConstructorInfo)
                Type.DefaultBinder.BindToMethod(
                    Flags,
                    constructors,
                    ref arguments,
                    null,
                    CultureInfo.InvariantCulture,
                    null,
                    out _
                );
            ParameterInfo[] parameters = chosen.GetParameters();
            for (int i = 0; i < given.Length; i++)
            {
                if (
                    given[i] is null
                    && i < parameters.Length
                    && parameters[i].ParameterType is { IsValueType: true } type
                    && Nullable.GetUnderlyingType(type) is null
                )
                {
                    throw new MissingMethodException();
                }
            }

            return chosen;
        }
        catch (Exception unfit) when (unfit is MissingMethodException or AmbiguousMatchException)
        {
            string types = string.Join(", ", given.Select(argument => argument?.GetType().Name ?? "null"));
            string offered = string.Join(" or ", constructors.Select(one => $"'({ParametersOf(one)})'"));
            throw new ArgumentException(
                $"{(unfit is AmbiguousMatchException ? "Several constructors" : "No constructor")} of "
                    + $"'{implementation}' fit{(unfit is AmbiguousMatchException ? "" : "s")} the arguments "
                    + $"'({types})'; it has {offered}."
            );
        }
    }

    /// <summary>Makes the object.</summary>
    /// <exception cref="ArgumentException">No constructor fits, or several do.</exception>
    public static object Create(Type implementation, object?[] arguments) =>
        Choose(implementation, ref arguments)
            .Invoke(BindingFlags.DoNotWrapExceptions, Type.DefaultBinder, arguments, CultureInfo.InvariantCulture);

    private static string ParametersOf(ConstructorInfo constructor) =>
        string.Join(
            ", ",
            constructor.GetParameters().Select(parameter => $"{parameter.ParameterType.Name} {parameter.Name}")
        );
}
