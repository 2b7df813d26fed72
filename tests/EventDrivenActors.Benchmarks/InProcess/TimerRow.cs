using System.Diagnostics;
using EventDrivenActors.Benchmarks.Harness;

namespace EventDrivenActors.Benchmarks.InProcess;

/// <summary>1,000 timers of 100 ms: the processor time of a tick.</summary>
/// <remarks>
/// All are armed in one loop, as a peer's user would do it. That matters more than whose timers they are: what comes
/// due in another millisecond wakes threads of its own, which look for work for a while before they sleep again.
/// </remarks>
internal sealed class TimerRow : IRow
{
    private const int Timers = 1000;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public string Name => "timer";

    public async IAsyncEnumerable<RatioLine> RunAsync(Course course)
    {
        TimeSpan watched = course.RoundTime * 5;
        foreach ((string variant, int controllers) in new[] { ("1,000 controllers", Timers), ("1 controller", 1) })
        {
            Race race = new(
                $"{Name} ({variant})",
                [
                    new Contender("TimerAdapter", () => OursAsync(watched, controllers)),
                    new Contender("System.Threading.Timer", () => BareAsync(watched)),
                ],
                Goal.AtMost("System.Threading.Timer", 1.2)
            );
            foreach (RatioLine line in await course.RunAsync(race).ConfigureAwait(false))
            {
                yield return line;
            }
        }
    }

    private static async Task<Sample> OursAsync(TimeSpan watched, int controllers)
    {
        Stage stage = new();
        await using (stage.ConfigureAwait(false))
        {
            long ticks = 0;
            List<TimerAdapter> timers = [];
            for (int i = 0; i < controllers; i++)
            {
                stage
                    .Runtime.CreateController(options =>
                    {
                        options.Mapping.On(ControllerEvents.Timing, _ => Interlocked.Increment(ref ticks));
                        timers.AddRange(Enumerable.Range(0, Timers / controllers).Select(_ => options.AddTimer(null)));
                    })
                    .Run();
            }

            timers.ForEach(timer => timer.SetTiming(Interval));
            return await WatchAsync(watched, () => Volatile.Read(ref ticks)).ConfigureAwait(false);
        }
    }

    private static async Task<Sample> BareAsync(TimeSpan watched)
    {
        Stage stage = new();
        await using (stage.ConfigureAwait(false))
        {
            long ticks = 0;
            Timer[] timers =
            [
                .. Enumerable
                    .Range(0, Timers)
                    .Select(_ => new Timer(_ => Interlocked.Increment(ref ticks), null, Interval, Interval)),
            ];
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
        using Process process = Process.GetCurrentProcess();
        TimeSpan used = process.TotalProcessorTime;
        long before = ticks();
        await Task.Delay(watched).ConfigureAwait(false);
        process.Refresh();
        return new Sample((process.TotalProcessorTime - used).TotalNanoseconds / (ticks() - before));
    }
}
