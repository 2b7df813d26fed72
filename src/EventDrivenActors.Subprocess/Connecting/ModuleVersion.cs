using System.Reflection;

namespace EventDrivenActors.Subprocess.Connecting;

/// <summary>Which build of an assembly a process has.</summary>
/// <param name="Assembly">The full name.</param>
/// <param name="Mvid">The module version id; empty when the process has no such assembly.</param>
internal readonly record struct ModuleVersion(string Assembly, Guid Mvid)
{
    /// <summary>The version that this process has of an assembly, given by its full name; loads it.</summary>
    public static ModuleVersion Of(string assembly)
    {
        try
        {
            return Of(System.Reflection.Assembly.Load(new AssemblyName(assembly)));
        }
        catch (Exception reason) when (reason is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            return new ModuleVersion(assembly, Guid.Empty);
        }
    }

    public static ModuleVersion Of(Assembly assembly) =>
        new(assembly.FullName!, assembly.ManifestModule.ModuleVersionId);
}
