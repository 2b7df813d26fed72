using System.Reflection;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>The types that derive from one.</summary>
internal static class DerivedTypes
{
    public static IEnumerable<Type> Of(Type root, IEnumerable<Assembly> assemblies) =>
        assemblies
            .Distinct()
            .SelectMany(TypesOf)
            .Where(type =>
                type != root
                && root.IsAssignableFrom(type)
                && !type.ContainsGenericParameters
                && !CompilerNames.IsUnspeakable(type)
            );

    // A type that cannot be loaded has no instances either.
    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException partly)
        {
            return partly.Types.OfType<Type>();
        }
    }
}
