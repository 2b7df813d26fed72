using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Fakes;

/// <summary>What links have left behind in this process since it was made: socket folders and threads.</summary>
internal sealed class Leftovers
{
    private static readonly string[] Threads = ["link-reader", "link-writer", "link-heartbeat", "fake-child"];

    private readonly HashSet<string> _folders = Folders();
    private readonly HashSet<string> _threads = LinkThreads();

    /// <summary>Completes when there is nothing; threads end a moment after they were told to.</summary>
    public async Task GoneAsync()
    {
        using CancellationTokenSource guard = new(HangGuard.Limit);
        while (LinkThreads().Except(_threads).Any())
        {
            await Task.Delay(5, guard.Token);
        }

        Assert.Empty(Folders().Except(_folders));
    }

    private static HashSet<string> Folders() =>
        [.. Directory.GetDirectories(Path.GetTempPath(), $"eda-{Environment.ProcessId}-*")];

    private static HashSet<string> LinkThreads()
    {
        HashSet<string> found = [];
        foreach (string task in Directory.GetDirectories("/proc/self/task"))
        {
            try
            {
                string name = File.ReadAllText(Path.Combine(task, "comm")).Trim();
                if (Threads.Contains(name))
                {
                    found.Add($"{name} {Path.GetFileName(task)}");
                }
            }
            catch (IOException)
            {
                // It ended meanwhile.
            }
        }

        return found;
    }
}
