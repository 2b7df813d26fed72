using System.Diagnostics;
using EventDrivenActors.Benchmarks.Harness;
using EventDrivenActors.Benchmarks.InProcess;
using EventDrivenActors.Benchmarks.Peers;

namespace EventDrivenActors.Benchmarks.Scale;

/// <summary>
/// What an event costs each side alone: queueing it while the loop is suspended, and draining what is queued.
/// </summary>
/// <remarks>
/// The least of many short rounds is shown, for neighbours on the machine only add to it. For finding out where time
/// goes; no ratio and no goal.
/// </remarks>
internal static class SideCosts
{
    private const int Events = 8192;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(2);
    private static readonly Message Dull = new(1);
    private static readonly EventKey<Message> Async = new("async");

    public static async Task RunAsync(IReadOnlyList<string> only)
    {
        (string Name, bool Hooks, int Workers, int Step, Action<ControllerBase> Produce)[] sides =
        [
            ("post", false, 0, 1, static target => target.Post(Stage.Count, Dull)),
            ("hooks", true, 0, 1, static target => target.Post(Stage.Count, Dull)),
            ("many", false, 0, 16, Many()),
            ("dispatch", false, 0, 1, static target => target.Dispatch(Stage.Count, Dull)),
            ("async", false, 0, 1, static target => target.Post(Async, Dull)),
            ("pool", false, 1, 1, static target => target.Post(Stage.Count, Dull)),
        ];
        foreach (
            (string name, bool hooks, int workers, int step, Action<ControllerBase> produce) in sides.Where(side =>
                only.Count == 0 || only.Contains(side.Name)
            )
        )
        {
            (double queueing, double draining) = await MeasureAsync(hooks, workers, step, produce)
                .ConfigureAwait(false);
            Console.WriteLine($"{name,-10} queueing {queueing,6:0.0} ns   draining {draining,6:0.0} ns");
        }
    }

    private static Action<ControllerBase> Many()
    {
        object?[] messages = [.. Enumerable.Repeat<object?>(Dull, 16)];
        return target => target.PostMany(Stage.Count, messages);
    }

    private static async Task<(double Queueing, double Draining)> MeasureAsync(
        bool hooks,
        int workers,
        int step,
        Action<ControllerBase> produce
    )
    {
        EventRuntime runtime = EventRuntime.Create();
        await using (runtime.ConfigureAwait(false))
        {
            Window window = new(Math.Max(1, workers));
            MappingBlueprint mapping = Stage.Counting(window, hooks).On(Async, async (_, _) => window[0].Add());
            ControllerBase target =
                workers == 0
                    ? runtime.CreateController(mapping)
                    : runtime.CreatePool(workers, options => options.Mapping = mapping);
            target.Run();
            double queueing = double.MaxValue;
            double draining = double.MaxValue;
            long began = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(began) < Time)
            {
                await target.SuspendAsync().ConfigureAwait(false);
                long started = Stopwatch.GetTimestamp();
                for (int i = 0; i < Events; i += step)
                {
                    produce(target);
                }

                queueing = Math.Min(queueing, Stopwatch.GetElapsedTime(started).TotalNanoseconds / Events);
                Task idle = target.WaitForIdleAsync();
                started = Stopwatch.GetTimestamp();
                target.Resume();
                await idle.ConfigureAwait(false);
                draining = Math.Min(draining, Stopwatch.GetElapsedTime(started).TotalNanoseconds / Events);
            }

            return (queueing, draining);
        }
    }
}
