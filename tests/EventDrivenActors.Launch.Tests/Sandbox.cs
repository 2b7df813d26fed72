using System.Runtime.InteropServices;
using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors.Launch.Tests;

/// <summary>What tests do to a process from outside. Linux only; much of it is only root's.</summary>
internal static class Sandbox
{
    /// <summary>The user of the tests of strangers; every system has it.</summary>
    public const string Stranger = "nobody";

    public static bool IsRoot { get; } = geteuid() == 0;

    /// <summary>
    /// Sets how much of something a running process of a user may have, as that user: even root may be refused it.
    /// </summary>
    public static async Task LimitAsync(int processId, string resource, string soft, string? user)
    {
        await using LaunchApp limit = LaunchApp.Run(
            "prlimit",
            ["--pid", $"{processId}", $"--{resource}={soft}:"],
            start =>
            {
                if (user is not null)
                {
                    start.UserName = user;
                    start.WorkingDirectory = "/";
                }
            }
        );
        Assert.Empty(await limit.EndAsync());
    }

    /// <summary>How much of something a running process may have.</summary>
    public static string LimitOf(int processId, string resource) =>
        File.ReadLines($"/proc/{processId}/limits")
            .First(line => line.StartsWith(resource, StringComparison.Ordinal))[resource.Length..]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];

    /// <summary>
    /// The command that runs another one where a small tmpfs is mounted on a folder, which nobody else sees.
    /// </summary>
    public static string[] WithMount(string folder, string options, params string[] command) =>
        ["-m", "sh", "-c", $"mount -t tmpfs -o {options} tmpfs \"$0\" && exec \"$@\"", folder, .. command];

    /// <summary>Changes the options of a mount that only a running process sees.</summary>
    public static async Task RemountAsync(int processId, string folder, string options)
    {
        await using LaunchApp remount = LaunchApp.Run(
            "nsenter",
            ["-t", $"{processId}", "-m", "mount", "-o", $"remount,{options}", folder]
        );
        Assert.Empty(await remount.EndAsync());
    }

    /// <summary>Why mounts are refused here; null when they are not.</summary>
    public static async Task<string?> MountRefusalAsync()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("launch-mount-");
        try
        {
            await using LaunchApp probe = LaunchApp.Run(
                "unshare",
                WithMount(folder.FullName, "size=4k", "echo", "mounted")
            );
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

    /// <summary>Stops a process for a time, which must be longer than others would take to think it frozen.</summary>
    public static async Task StandStillAsync(int processId, TimeSpan time)
    {
        Assert.Equal(0, Native.Kill(processId, 19));
        await Task.Delay(time);
        Assert.Equal(0, Native.Kill(processId, 18));
    }

    [DllImport("libc")]
    private static extern uint geteuid();
}
