using System.Reflection;
using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors;

/// <content>Types that cross.</content>
public sealed partial class SubprocessOptions
{
    /// <summary>
    /// Lets instances of a type and of all types that derive from it or implement it cross the process line.
    /// </summary>
    /// <typeparam name="T">The base type or interface; what the fields of the types are declared to hold is allowed
    /// with them.</typeparam>
    /// <param name="assemblies">Where to look for the types besides the assembly of <typeparamref name="T"/>; generic
    /// types are not looked for.</param>
    /// <returns>These options.</returns>
    public SubprocessOptions AllowDerived<T>(params Assembly[] assemblies)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        AllowedTypes.Add(typeof(T));
        AllowedTypes.UnionWith(DerivedTypes.Of(typeof(T), assemblies.Append(typeof(T).Assembly)));
        return this;
    }

    private void ValidateTypes()
    {
        foreach (Type type in Setup is null ? AllowedTypes : AllowedTypes.Append(Setup))
        {
            Builds.RequireHere(type);
        }
    }
}
