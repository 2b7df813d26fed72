using System.Diagnostics;
using System.Globalization;

namespace EventDrivenActors.Subprocess.Launching;

/// <summary>How much memory another process takes.</summary>
internal static class ProcessMemory
{
    /// <summary>The resident bytes of a process; zero when it is gone.</summary>
    public static long Of(int processId)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                return Resident(File.ReadAllText($"/proc/{processId}/statm")) * Environment.SystemPageSize;
            }

            using Process process = Process.GetProcessById(processId);
            return process.WorkingSet64;
        }
        catch (Exception gone)
            when (gone is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            return 0;
        }
    }

    /// <summary>The second number of "statm" is the resident pages.</summary>
    private static long Resident(string statm) =>
        long.TryParse(
            statm.Split(' ').ElementAtOrDefault(1),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out long pages
        )
            ? pages
            : 0;
}
