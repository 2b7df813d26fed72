using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace EventDrivenActors.Subprocess.Launching;

/// <summary>
/// Tells a process from a later one with the same number, and from a process of another machine or container that
/// shares a folder. Linux; elsewhere all zero.
/// </summary>
internal static class ProcessStamp
{
    private const int StartTimeColumn = 19;
    private const int NoSuchProcess = 3;

    /// <summary>
    /// Where process numbers mean the same as in this process: the boot of the machine, and the namespace.
    /// </summary>
    public static uint Place { get; } = ReadPlace();

    /// <summary>When a process started, in ticks since the boot; 0 when that is not known.</summary>
    public static long StartOf(int processId)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                return 0;
            }

            string stat = File.ReadAllText($"/proc/{processId}/stat");
            // The name, in brackets, may hold anything.
            string[] columns = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return
                columns.Length > StartTimeColumn
                && long.TryParse(
                    columns[StartTimeColumn],
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out long ticks
                )
                ? ticks
                : 0;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Whether a process of this place has certainly ended, given when it started.</summary>
    public static bool HasEnded(int processId, long start)
    {
        if (Native.Kill(processId, 0) < 0 && Marshal.GetLastPInvokeError() == NoSuchProcess)
        {
            return true;
        }

        long now = StartOf(processId);
        return now != 0 && start != 0 && now != start;
    }

    private static uint ReadPlace()
    {
        try
        {
            if (!OperatingSystem.IsLinux() || new FileInfo("/proc/self/ns/pid").LinkTarget is not { } space)
            {
                return 0;
            }

            string place = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim() + space;
            return Math.Max(1, BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(place))));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
