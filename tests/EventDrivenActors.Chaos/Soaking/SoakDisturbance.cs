using System.Diagnostics;
using EventDrivenActors.Chaos.Checking;
using EventDrivenActors.Chaos.Recording;

namespace EventDrivenActors.Chaos.Soaking;

/// <summary>Suspends and resumes a controller now and then, and in the middle of a round shuts it down and runs it again.</summary>
internal sealed class SoakDisturbance(Recorder recorder, IController controller, int seed)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private readonly Random _random = new(seed);

    public async Task RunAsync(TimeSpan length, CancellationToken over)
    {
        long began = Stopwatch.GetTimestamp();
        bool cycled = false;
        while (true)
        {
            await Task.Delay(Between * (0.5 + _random.NextDouble()), over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (over.IsCancellationRequested)
            {
                return;
            }

            if (!cycled && Stopwatch.GetElapsedTime(began) > length / 2)
            {
                cycled = true;
                await CycleAsync();
            }
            else
            {
                await PauseAsync();
            }
        }
    }

    private async Task PauseAsync()
    {
        await controller.SuspendAsync();
        long from = Stopwatch.GetTimestamp();
        await Task.Delay(300);
        recorder.Paused(new Pause(controller.Name, from, Stopwatch.GetTimestamp()));
        controller.Resume();
    }

    private async Task CycleAsync()
    {
        ShutdownMode mode = _random.Next(4) switch { 0 => ShutdownMode.Finish, 1 => ShutdownMode.Abort, _ => ShutdownMode.Drain };
        if (mode != ShutdownMode.Drain)
        {
            recorder.Inject(controller.Name, mode == ShutdownMode.Finish ? Injected.Finish : Injected.Abort);
        }

        ShutdownReport report = await controller.ShutdownAsync(mode, Deadline);
        if (!report.Ended || report.AdapterErrors.Count > 0 || (mode == ShutdownMode.Drain && report.Abandoned > 0))
        {
            recorder.Leftover($"the shutdown of '{controller.Name}' ({mode}) ended as '{report}'.");
        }

        controller.Run();
    }
}
