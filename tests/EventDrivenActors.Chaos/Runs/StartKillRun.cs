using EventDrivenActors.Chaos.Checking;
using EventDrivenActors.Chaos.Recording;

namespace EventDrivenActors.Chaos.Runs;

/// <summary>
/// Kills children at random moments of their start: while they are spawned, shake hands, and prepare. What waits for
/// them loses nothing.
/// </summary>
internal sealed class StartKillRun(int kills, int seed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestLife = TimeSpan.FromMilliseconds(350);
    private readonly Random _random = new(seed);

    /// <summary>How many of the children died before they took events.</summary>
    public int DiedEarly { get; private set; }

    /// <summary>Runs to the end.</summary>
    /// <param name="progress">Hears what died early.</param>
    public async Task<Verdict> RunAsync(Action<string>? progress = null)
    {
        await using ChaosRig rig = new();
        HashSet<int> seen = [.. Processes.WorkersOf(Environment.ProcessId)];
        Controller controller = rig.StartController("starting", child => child.Idempotent("work-again"));
        for (int kill = 0; kill < kills; kill++)
        {
            // Some events wait for each child that is killed.
            for (int number = 0; number < 5; number++)
            {
                _ = rig.Recorder.Work(controller, ordered: true);
                _ = rig.Recorder.WorkAgain(controller, ordered: true, maxAttempts: 3);
            }

            await KillNextAsync(rig, seen);
        }

        progress?.Invoke(
            $"{DiedEarly} of {kills} children died before they took events; so far {rig.Recorder.Summary}"
        );
        return await rig.EndAsync(Patience);
    }

    private async Task KillNextAsync(ChaosRig rig, HashSet<int> seen)
    {
        int child = 0;
        await Processes.UntilAsync(
            () => (child = Processes.WorkersOf(Environment.ProcessId).FirstOrDefault(one => !seen.Contains(one))) != 0,
            Patience
        );
        seen.Add(child);
        await Task.Delay(LongestLife * _random.NextDouble());
        rig.Recorder.Killed(child);
        DiedEarly += rig.Children[0].State == ChildState.Ready ? 0 : 1;
        Processes.Signal(child, Processes.SigKill);
    }
}
