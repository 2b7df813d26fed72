using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace EventDrivenActors.Subprocess.Launching;

/// <summary>The switches that an application has set with <see cref="AppContext.SetSwitch"/>.</summary>
internal static class ContextSwitches
{
    /// <summary>All of them; none on a runtime that keeps them elsewhere, since nothing public lists them.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "AppContext uses the field itself.")]
    public static IReadOnlyList<(string Name, bool IsOn)> All()
    {
        if (
            typeof(AppContext).GetField("s_switches", BindingFlags.NonPublic | BindingFlags.Static)?.GetValue(null)
            is not Dictionary<string, bool> switches
        )
        {
            return [];
        }

        lock (switches)
        {
            return [.. switches.Select(one => (one.Key, one.Value))];
        }
    }
}
