using System.Diagnostics;
using EventDrivenActors.Benchmarks.Harness;
using EventDrivenActors.Benchmarks.InProcess;
using EventDrivenActors.Benchmarks.Peers;

namespace EventDrivenActors.Benchmarks.Scale;

/// <summary>Growth within one process.</summary>
internal static class LoopScales
{
    private const int Events = 500_000;
    private static readonly Message Dull = new(1);

    public static readonly ScaleRow[] Rows =
    [
        new(
            "controllers",
            "controllers, each with its share of the events",
            "event",
            [1, 10, 100, 1_000, 10_000, 100_000],
            Controllers
        ),
        new("creation", "controllers", "controller made and run", [1_000, 10_000, 100_000], Creation),
        new(
            "depth",
            "events queued before the loop runs",
            "event queued and handled",
            [1_000, 10_000, 100_000, 1_000_000, 10_000_000],
            Depth
        ),
        new("listeners", "listeners of one controller", "delivery", [1, 10, 100, 1_000, 10_000], Listeners),
        new("subscriptions", "listeners of one controller", "Listen", [10, 100, 1_000, 10_000], Subscriptions),
        new("workers", "workers of a pool", "event", [1, 2, 4, 8, 16, 32, 64], Workers),
    ];

    private static async Task<double> Controllers(int count)
    {
        EventRuntime runtime = EventRuntime.Create();
        await using (runtime.ConfigureAwait(false))
        {
            Controller[] controllers =
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(_ => Ready(runtime.CreateController(Stage.Counting(new Window())))),
            ];
            int events = Math.Max(Events, count * 5);
            long started = Stopwatch.GetTimestamp();
            for (int i = 0; i < events; i++)
            {
                controllers[i % count].Post(Stage.Count, Dull);
            }

            foreach (Controller controller in controllers)
            {
                await controller.WaitForIdleAsync().ConfigureAwait(false);
            }

            return Stopwatch.GetElapsedTime(started).TotalNanoseconds / events;
        }
    }

    private static async Task<double> Creation(int count)
    {
        EventRuntime runtime = EventRuntime.Create();
        await using (runtime.ConfigureAwait(false))
        {
            MappingBlueprint mapping = Stage.Counting(new Window());
            long started = Stopwatch.GetTimestamp();
            for (int i = 0; i < count; i++)
            {
                runtime.CreateController(mapping).Run();
            }

            return Stopwatch.GetElapsedTime(started).TotalNanoseconds / count;
        }
    }

    private static async Task<double> Depth(int count)
    {
        EventRuntime runtime = EventRuntime.Create();
        await using (runtime.ConfigureAwait(false))
        {
            Controller controller = runtime.CreateController(Stage.Counting(new Window()));
            long started = Stopwatch.GetTimestamp();
            for (int i = 0; i < count; i++)
            {
                controller.Post(Stage.Count, Dull);
            }

            controller.Run();
            await controller.WaitForIdleAsync().ConfigureAwait(false);
            return Stopwatch.GetElapsedTime(started).TotalNanoseconds / count;
        }
    }

    private static async Task<double> Listeners(int count)
    {
        EventRuntime runtime = EventRuntime.Create();
        await using (runtime.ConfigureAwait(false))
        {
            long heard = 0;
            Controller source = Ready(runtime.CreateController(new MappingBlueprint().On(Stage.Count, (_, _) => { })));
            MappingBlueprint counting = new MappingBlueprint().On(
                Stage.Count.Name,
                _ => Interlocked.Increment(ref heard)
            );
            for (int i = 0; i < count; i++)
            {
                Ready(runtime.CreateController(counting)).Listen(source, Stage.Count);
            }

            int events = Math.Max(10, 200_000 / count);
            long started = Stopwatch.GetTimestamp();
            for (int i = 0; i < events; i++)
            {
                source.Post(Stage.Count, Dull);
            }

            SpinWait spin = default;
            while (Volatile.Read(ref heard) < (long)events * count)
            {
                spin.SpinOnce();
            }

            return Stopwatch.GetElapsedTime(started).TotalNanoseconds / ((double)events * count);
        }
    }

    private static async Task<double> Subscriptions(int count)
    {
        EventRuntime runtime = EventRuntime.Create();
        await using (runtime.ConfigureAwait(false))
        {
            Controller source = runtime.CreateController();
            Controller[] listeners = [.. Enumerable.Range(0, count).Select(_ => runtime.CreateController())];
            long started = Stopwatch.GetTimestamp();
            foreach (Controller listener in listeners)
            {
                listener.Listen(source, Stage.Count);
            }

            return Stopwatch.GetElapsedTime(started).TotalNanoseconds / count;
        }
    }

    private static async Task<double> Workers(int count)
    {
        EventRuntime runtime = EventRuntime.Create();
        await using (runtime.ConfigureAwait(false))
        {
            Window window = new(count);
            ControllerPool pool = runtime.CreatePool(count, options => options.Mapping = Stage.Counting(window));
            pool.Run();
            long started = Stopwatch.GetTimestamp();
            await window.RunAsync(Events, _ => pool.Post(Stage.Count, Dull)).ConfigureAwait(false);
            return Stopwatch.GetElapsedTime(started).TotalNanoseconds / Events;
        }
    }

    private static Controller Ready(Controller controller)
    {
        controller.Run();
        return controller;
    }
}
