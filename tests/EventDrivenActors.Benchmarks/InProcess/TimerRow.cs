using System.Diagnostics;
using EventDrivenActors.Benchmarks.Harness;

namespace EventDrivenActors.Benchmarks.InProcess;

/// <summary>1,000 timers of 100 ms: the processor time of a tick.</summary>
internal sealed class TimerRow : IRow
{
    private const int Timers = 1000;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public string Name => "timer";

    public async IAsyncEnumerable<RatioLine> RunAsync(Course course)
    {
        TimeSpan watched = course.RoundTime * 5;
        Race race = new(
            Name, [new Contender("TimerAdapter", () => OursAsync(watched)), new Contender("System.Threading.Timer", () => BareAsync(watched))],
            Goal.AtMost("System.Threading.Timer", 1.2));
        foreach (RatioLine line in await course.RunAsync(race).ConfigureAwait(false))
        {
            yield return line;
        }
    }

    private static async Task<Sample> OursAsync(TimeSpan watched)
    {
        Stage stage = new();
        await using (stage.ConfigureAwait(false))
        {
            long ticks = 0;
            Controller[] controllers = [.. Enumerable.Range(0, Timers).Select(_ => stage.Runtime.CreateController(options =>
            {
                options.AddTimer(Interval);
                options.Mapping.On(ControllerEvents.Timing, _ => Interlocked.Increment(ref ticks));
            }))];
            Array.ForEach(controllers, controller => controller.Run());
            return await WatchAsync(watched, () => Volatile.Read(ref ticks)).ConfigureAwait(false);
        }
    }

    private static async Task<Sample> BareAsync(TimeSpan watched)
    {
        Stage stage = new();
        await using (stage.ConfigureAwait(false))
        {
            long ticks = 0;
            Timer[] timers = [.. Enumerable.Range(0, Timers).Select(_ => new Timer(_ => Interlocked.Increment(ref ticks), null, Interval, Interval))];
            Sample sample = await WatchAsync(watched, () => Volatile.Read(ref ticks)).ConfigureAwait(false);
            foreach (Timer timer in timers)
            {
                await timer.DisposeAsync().ConfigureAwait(false);
            }

            return sample;
        }
    }

    private static async Task<Sample> WatchAsync(TimeSpan watched, Func<long> ticks)
    {
        await Task.Delay(Interval * 2).ConfigureAwait(false);
        using var process = Process.GetCurrentProcess();
        TimeSpan used = process.TotalProcessorTime;
        long before = ticks();
        await Task.Delay(watched).ConfigureAwait(false);
        process.Refresh();
        return new Sample((process.TotalProcessorTime - used).TotalNanoseconds / (ticks() - before));
    }
}
