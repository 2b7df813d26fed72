using EventDrivenActors.Chaos.Checking;
using EventDrivenActors.Chaos.Recording;

namespace EventDrivenActors.Chaos.Runs;

/// <summary>Kills the child at a random point of a load of events, again and again.</summary>
internal sealed class KillRun(int kills, int events, int seed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Random _random = new(seed);

    /// <summary>Runs to the end.</summary>
    /// <param name="progress">Hears a line after each kill.</param>
    public async Task<Verdict> RunAsync(Action<string>? progress = null)
    {
        await using ChaosRig rig = new();
        Controller controller = rig.StartController("killed", child => child.Idempotent("work-again"));
        for (int kill = 1; kill <= kills; kill++)
        {
            await RoundAsync(rig, controller);
            progress?.Invoke($"kill {kill} of {kills}: {rig.Recorder.Summary}");
        }

        return await rig.EndAsync(Patience);
    }

    private async Task RoundAsync(ChaosRig rig, Controller controller)
    {
        await rig.Recorder.Work(controller, ordered: true);
        int child = rig.Children[0].ProcessId!.Value;
        long point = rig.Recorder.Settled + _random.Next(events);
        rig.Recorder.Killed(child);
        for (int number = 0; number < events; number++)
        {
            _ =
                _random.Next(2) == 0
                    ? rig.Recorder.Work(controller, ordered: true)
                    : rig.Recorder.WorkAgain(controller, ordered: true);
        }

        await Processes.UntilAsync(() => rig.Recorder.Settled >= point, Patience);
        Processes.Signal(child, Processes.SigKill);
        await rig.Recorder.SettledAsync(Patience);
        await Processes.UntilAsync(
            () => rig.Children[0] is { State: ChildState.Ready, ProcessId: { } next } && next != child,
            Patience
        );
    }
}
