using EventDrivenActors.Chaos.Checking;
using EventDrivenActors.Chaos.Recording;

namespace EventDrivenActors.Chaos.Runs;

/// <summary>Kills children at random moments of their start: while they are spawned, shake hands, and prepare. What waits for them loses nothing.</summary>
internal sealed class StartKillRun(int kills, int seed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestLife = TimeSpan.FromMilliseconds(350);
    private readonly Random _random = new(seed);

    /// <summary>How many of the children died before they took events.</summary>
    public int DiedEarly { get; private set; }

    public async Task<Verdict> RunAsync()
    {
        await using ChaosRig rig = new();
        HashSet<int> seen = [.. Processes.ChildrenOf(Environment.ProcessId)];
        Controller controller = rig.StartController("starting", child => child.Idempotent("work-again"));
        for (int number = 0; number < 20; number++)
        {
            _ = rig.Recorder.Work(controller, ordered: true);
            _ = rig.Recorder.WorkAgain(controller, ordered: true, maxAttempts: 3);
        }

        for (int kill = 0; kill < kills; kill++)
        {
            await KillNextAsync(rig, seen);
        }

        return await rig.EndAsync(Patience);
    }

    private async Task KillNextAsync(ChaosRig rig, HashSet<int> seen)
    {
        int child = 0;
        await Processes.UntilAsync(() => (child = Processes.ChildrenOf(Environment.ProcessId).FirstOrDefault(one => !seen.Contains(one))) != 0, Patience);
        seen.Add(child);
        await Task.Delay(LongestLife * _random.NextDouble());
        rig.Recorder.Killed(child);
        DiedEarly += rig.Children[0].State == ChildState.Ready ? 0 : 1;
        Processes.Signal(child, Processes.SigKill);
    }
}
