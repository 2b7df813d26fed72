using System.Runtime.InteropServices;

namespace EventDrivenActors.Launch.Tests;

/// <summary>What tests do to a process from outside. Linux only; much of it is only root's.</summary>
internal static class Sandbox
{
    public const int OpenFiles = 7;
    public const int Processes = 6;

    /// <summary>The user of the tests of strangers; every system has it.</summary>
    public const string Stranger = "nobody";

    public static bool IsRoot { get; } = geteuid() == 0;

    /// <summary>Sets how much of something a running process may have; gives what it was.</summary>
    public static ulong Limit(int processId, int resource, ulong soft)
    {
        Bounds[] old = new Bounds[1];
        Assert.Equal(0, prlimit(processId, resource, null, old));
        Assert.Equal(0, prlimit(processId, resource, [new Bounds { Soft = soft, Hard = old[0].Hard }], null));
        return old[0].Soft;
    }

    public static void Signal(int processId, int signal) => Assert.Equal(0, kill(processId, signal));

    /// <summary>The command that runs another one where a small tmpfs is mounted on a folder, which nobody else sees.</summary>
    public static string[] WithMount(string folder, string options, params string[] command) =>
        ["-m", "sh", "-c", $"mount -t tmpfs -o {options} tmpfs \"$0\" && exec \"$@\"", folder, .. command];

    /// <summary>Why mounts are refused here; null when they are not.</summary>
    public static async Task<string?> MountRefusalAsync()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("launch-mount-");
        try
        {
            await using LaunchApp probe = LaunchApp.Run("unshare", WithMount(folder.FullName, "size=4k", "echo", "mounted"));
            IReadOnlyList<string> lines = await probe.EndAsync();
            return lines is ["mounted"] ? null : string.Join(' ', lines);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return missing.Message;
        }
        finally
        {
            folder.Delete();
        }
    }

    [DllImport("libc")]
    private static extern uint geteuid();

    [DllImport("libc", SetLastError = true)]
    private static extern int prlimit(int processId, int resource, Bounds[]? changed, [Out] Bounds[]? old);

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int processId, int signal);

    [StructLayout(LayoutKind.Sequential)]
    private struct Bounds
    {
        public ulong Soft;
        public ulong Hard;
    }
}
