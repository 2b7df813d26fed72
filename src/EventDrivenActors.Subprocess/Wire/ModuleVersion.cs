using System.Reflection;
using System.Runtime.Loader;

namespace EventDrivenActors.Subprocess.Wire;

/// <summary>Which build of an assembly a process runs: the simple name and the module version id, which changes with every build that differs.</summary>
internal sealed record ModuleVersion(string Assembly, Guid Mvid)
{
    public static ModuleVersion Of(Assembly assembly) => new(assembly.GetName().Name!, assembly.ManifestModule.ModuleVersionId);

    /// <summary>The loaded assemblies that belong to the application: those beside it, not the framework's.</summary>
    public static IReadOnlyList<ModuleVersion> OfApplication() =>
        [.. AssemblyLoadContext.Default.Assemblies
            .Where(assembly => !assembly.IsDynamic && IsBeside(assembly))
            .Select(Of)
            .OrderBy(version => version.Assembly, StringComparer.Ordinal)];

    /// <summary>Compares what the other process runs with what this one would run; a sentence for each difference.</summary>
    public static IReadOnlyList<string> Differences(IEnumerable<ModuleVersion> expected) =>
        [.. expected.Select(Difference).OfType<string>()];

    private static string? Difference(ModuleVersion expected)
    {
        if (WireTypeName.FindAssembly(expected.Assembly) is not { } assembly)
        {
            return $"The assembly '{expected.Assembly}' is loaded in the parent and cannot be found by the child; deploy them together.";
        }

        var here = Of(assembly).Mvid;
        return here == expected.Mvid
            ? null
            : $"The assembly '{expected.Assembly}' is build '{expected.Mvid}' in the parent and '{here}' in the child; deploy them together.";
    }

    private static bool IsBeside(Assembly assembly) =>
        assembly.Location.Length > 0
        && string.Equals(
            Path.TrimEndingDirectorySeparator(Path.GetDirectoryName(assembly.Location)!),
            Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory),
            StringComparison.Ordinal);
}
