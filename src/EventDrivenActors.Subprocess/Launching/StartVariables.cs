using System.Text;

namespace EventDrivenActors.Subprocess.Launching;

/// <summary>
/// The variables with which this process was started. The runtime has read some of them once, and what the application
/// sets later does not change them any more.
/// </summary>
internal static class StartVariables
{
    /// <summary>Whether one of them has another value now; false where that cannot be known.</summary>
    public static bool HaveChanged(params ReadOnlySpan<string> names)
    {
        const string block = "/proc/self/environ";
        if (!OperatingSystem.IsLinux() || !File.Exists(block))
        {
            return false;
        }

        string[] first = Encoding.UTF8.GetString(File.ReadAllBytes(block)).Split('\0');
        foreach (string name in names)
        {
            string? start = first
                .FirstOrDefault(variable => variable.StartsWith(name + '=', StringComparison.Ordinal))
                ?[(name.Length + 1)..];
            if (start != Environment.GetEnvironmentVariable(name))
            {
                return true;
            }
        }
        return false;
    }
}
