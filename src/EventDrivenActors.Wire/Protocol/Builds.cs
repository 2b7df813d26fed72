using System.Reflection;
using EventDrivenActors.Wire.Payloads;
using TypeFilter = EventDrivenActors.Wire.Payloads.TypeFilter;

namespace EventDrivenActors.Wire.Protocol;

/// <summary>
/// Which builds of the application's assemblies a method is made of: the other process may have another one under the
/// same name.
/// </summary>
internal static class Builds
{
    /// <summary>The simple names and module version ids of the assemblies of a method and its signature.</summary>
    /// <exception cref="ArgumentException">The other process would not find one of them by its name.</exception>
    public static string[] Of(MethodInfo method)
    {
        HashSet<Assembly> assemblies = [];
        foreach (
            Type? type in method
                .GetParameters()
                .Select(parameter => parameter.ParameterType)
                .Concat(method.GetGenericArguments())
                .Append(method.DeclaringType!)
        )
        {
            Collect(type, assemblies);
        }

        return [.. assemblies.Select(Of).Order(StringComparer.Ordinal)];
    }

    /// <exception cref="ArgumentException">The other process would not find the type, or one that it is made of, by its
    /// name.</exception>
    public static void RequireHere(Type type) => Collect(type, []);

    /// <exception cref="MethodReferenceException">This process has another build of an assembly.</exception>
    public static void Require(MethodReference method)
    {
        foreach (string build in method.Builds)
        {
            string name = build[..Math.Max(0, build.LastIndexOf(' '))];
            if (WireTypeName.FindAssembly(name) is { } assembly && Of(assembly) != build)
            {
                throw new MethodReferenceException(
                    $"The method '{method.Method}' of '{method.DeclaringType}' is made of another build of the "
                        + $"assembly '{name}' than this process has, so it is not called. "
                        + "Build and deploy parent and child together, and load one build of the assembly only."
                );
            }
        }
    }

    private static string Of(Assembly assembly) =>
        $"{assembly.GetName().Name} {assembly.ManifestModule.ModuleVersionId:N}";

    private static void Collect(Type type, HashSet<Assembly> assemblies)
    {
        for (; type.HasElementType; type = type.GetElementType()!) { }

        if (TypeFilter.IsElsewhere(type))
        {
            throw new ArgumentException(
                $"The type '{type}' comes from '{type.Assembly}', which was generated at run time or loaded into a "
                    + "load context of its own, where the child does not find it; use a type of an assembly that the "
                    + "application references."
            );
        }

        if (!FrameworkTypes.IsFramework(type) && !type.IsGenericParameter)
        {
            assemblies.Add(type.Assembly);
        }

        foreach (Type argument in type.IsConstructedGenericType ? type.GetGenericArguments() : [])
        {
            Collect(argument, assemblies);
        }
    }
}
