using EventDrivenActors.Chaos.Checking;
using EventDrivenActors.Chaos.Recording;

namespace EventDrivenActors.Chaos.Runs;

/// <summary>Stops a child under load: for so long that it is killed, or only for a moment.</summary>
internal static class FrozenRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    /// <param name="wake">Whether the child goes on after a moment; else it stays frozen until it is killed for
    /// that.</param>
    public static async Task<Verdict> RunAsync(bool wake)
    {
        await using ChaosRig rig = new(
            wake
                ? ""
                : "event-driven-actors.subprocess.heartbeat { interval = 100ms, unresponsive-after = 500ms, "
                    + "kill-after = 2s }"
        );
        Controller controller = rig.StartController("frozen", child => child.Idempotent("work-again"));
        await rig.Recorder.Work(controller, ordered: true);
        int child = rig.Children[0].ProcessId!.Value;
        for (int number = 0; number < 200; number++)
        {
            _ = rig.Recorder.Work(controller, milliseconds: 1, ordered: true);
            _ = rig.Recorder.WorkAgain(controller, ordered: true);
        }

        Processes.Signal(child, Processes.SigStop);
        if (wake)
        {
            await Task.Delay(Moment);
            Processes.Signal(child, Processes.SigCont);
        }
        else
        {
            rig.Recorder.Killed(child);
        }

        return await rig.EndAsync(Patience);
    }
}
