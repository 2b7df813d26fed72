using System.Diagnostics;
using EventDrivenActors.Chaos.Checking;
using EventDrivenActors.Chaos.Recording;

namespace EventDrivenActors.Chaos.Soaking;

/// <summary>
/// Suspends and resumes a controller now and then, and in the middle of a round shuts it down and runs it again.
/// </summary>
internal sealed class SoakDisturbance(Recorder recorder, IController controller, int seed)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(5);
    private readonly Random _random = new(seed);

    /// <summary>How many drains met their deadline because the machine was too slow.</summary>
    public int Overloads { get; private set; }

    public async Task RunAsync(TimeSpan length, CancellationToken over)
    {
        long began = Stopwatch.GetTimestamp();
        bool cycled = false;
        while (true)
        {
            await Task.Delay(Between * (0.5 + _random.NextDouble()), over)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
        ShutdownMode mode = _random.Next(4) switch
        {
            0 => ShutdownMode.Finish,
            1 => ShutdownMode.Abort,
            _ => ShutdownMode.Drain,
        };
        if (mode != ShutdownMode.Drain)
        {
            recorder.Inject(controller.Name, mode == ShutdownMode.Finish ? Injected.Finish : Injected.Abort);
        }

        (ShutdownReport report, bool overloaded) = await ShutDownAsync(mode);
        if (overloaded)
        {
            Overloads++;
            recorder.Inject(controller.Name, Injected.Overload);
        }

        if (
            !report.Ended
            || report.AdapterErrors.Count > 0
            || (mode == ShutdownMode.Drain && report.Abandoned > 0 && !overloaded)
        )
        {
            recorder.Leftover($"the shutdown of '{controller.Name}' ({mode}) ended as '{report}'.");
        }

        controller.Run();
    }

    /// <summary>Says too whether a drain met its deadline although events had been ending until then.</summary>
    private async Task<(ShutdownReport Report, bool Overloaded)> ShutDownAsync(ShutdownMode mode)
    {
        long began = Stopwatch.GetTimestamp();
        long settled = recorder.Settled;
        TimeSpan progress = TimeSpan.Zero;
        Task<ShutdownReport> ending = controller.ShutdownAsync(mode, Deadline);
        while (await Task.WhenAny(ending, Task.Delay(Look)) != ending && Stopwatch.GetElapsedTime(began) < Deadline)
        {
            progress = recorder.Settled > settled ? Stopwatch.GetElapsedTime(began) : progress;
            settled = recorder.Settled;
        }

        ShutdownReport report = await ending;
        return (
            report,
            mode == ShutdownMode.Drain && Stopwatch.GetElapsedTime(began) >= Deadline && Deadline - progress < Stall
        );
    }
}
