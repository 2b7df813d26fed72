using System.Diagnostics;
using EventDrivenActors.Chaos.Checking;

namespace EventDrivenActors.Chaos.Runs;

/// <summary>
/// Stops this whole process for a while under load; afterwards nothing is lost, and its child was not taken for frozen.
/// </summary>
internal sealed class ParentStopRun(int seconds, int events)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task<Verdict> RunAsync(Action<string>? progress = null)
    {
        await using ChaosRig rig = new();
        Controller controller = rig.StartController("stopped");
        await rig.Recorder.Work(controller, ordered: true);
        int child = rig.Children[0].ProcessId!.Value;
        for (int number = 0; number < events; number++)
        {
            _ = rig.Recorder.Work(controller, milliseconds: 2, ordered: true);
        }

        progress?.Invoke(
            $"{rig.Recorder.Settled} of {events + 1} have settled; this process stands still for {seconds} s."
        );
        long began = Stopwatch.GetTimestamp();
        using Process waker = Process.Start(
            "/bin/sh",
            ["-c", $"kill -STOP {Environment.ProcessId}; sleep {seconds}; kill -CONT {Environment.ProcessId}"]
        );
        await waker.WaitForExitAsync();
        progress?.Invoke(
            $"{rig.Recorder.Settled} of {events + 1} have settled; it stood still for "
                + $"{Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s."
        );
        await rig.Recorder.SettledAsync(Patience);
        if (rig.Children[0].ProcessId != child)
        {
            rig.Recorder.Leftover($"the child '{child}' was taken for frozen.");
        }

        return await rig.EndAsync(Patience);
    }
}
