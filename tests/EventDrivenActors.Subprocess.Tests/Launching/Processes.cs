using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Tests.Channel;

namespace EventDrivenActors.Subprocess.Tests.Launching;

/// <summary>What /proc says.</summary>
internal static class Processes
{
    /// <summary>Completes when a process is gone, or is only waiting to be reaped.</summary>
    public static async Task GoneAsync(int processId)
    {
        using CancellationTokenSource guard = new CancellationTokenSource(CollectingPeer.Guard);
        while (IsAlive(processId))
        {
            await Task.Delay(5, guard.Token);
        }
    }

    public static bool IsAlive(int processId) => StateOf(processId) is not ('Z' or 'X');

    /// <summary>Stops a process (SIGSTOP) and completes when all of it stands still.</summary>
    public static async Task StopAsync(int processId)
    {
        const int sigStop = 19;
        Native.Kill(processId, sigStop);
        using CancellationTokenSource guard = new CancellationTokenSource(CollectingPeer.Guard);
        while (StateOf(processId) != 'T')
        {
            await Task.Delay(5, guard.Token);
        }
    }

    private static char StateOf(int processId)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{processId}/stat");
            return stat[stat.LastIndexOf(')') + 2];
        }
        catch (IOException)
        {
            return 'X';
        }
    }

    /// <summary>The inodes of the sockets that a process holds.</summary>
    public static HashSet<string> Sockets(int processId) =>
        Directory
            .EnumerateFiles($"/proc/{processId}/fd")
            .Select(path => new FileInfo(path).LinkTarget ?? "")
            .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(target => target["socket:[".Length..^1])
            .ToHashSet();

    /// <summary>The inodes of all listening TCP sockets.</summary>
    public static IEnumerable<string> ListeningTcp()
    {
        const string listening = "0A";
        foreach (string? table in new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists))
        {
            foreach (
                string[]? columns in File.ReadLines(table)
                    .Skip(1)
                    .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            )
            {
                if (columns[3] == listening)
                {
                    yield return columns[9];
                }
            }
        }
    }
}
