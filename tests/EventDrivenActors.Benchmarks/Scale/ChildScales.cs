using System.Diagnostics;
using EventDrivenActors.Benchmarks.PeerProcesses;

namespace EventDrivenActors.Benchmarks.Scale;

/// <summary>Growth across the process line.</summary>
internal static class ChildScales
{
    private const int InFlight = 256;

    public static readonly ScaleRow[] Rows =
    [
        new(
            "payload",
            "KiB of a payload, there and back",
            "KiB",
            [1, 8, 64, 256, 1024, 4096, 8192],
            kibibytes => Payload(kibibytes * 1024, kibibytes)
        ),
        new(
            "payload-small",
            "bytes of a payload, there and back",
            "call",
            [1, 16, 256, 1024],
            bytes => Payload(bytes, 1)
        ),
        new("children", "children, each with as many calls", "call", [1, 2, 4, 8], Children),
    ];

    private static async Task<double> Payload(int bytes, int units)
    {
        EventRuntime runtime = EventRuntime.Create();
        await using (runtime.ConfigureAwait(false))
        {
            Controller controller = runtime.CreateController(options => options.AddSubprocess());
            controller.Run();
            byte[] data = new byte[bytes];
            int calls = Math.Clamp(64 * 1024 * 1024 / bytes, 8, 2000);
            await Calls(calls).ConfigureAwait(false);
            long started = Stopwatch.GetTimestamp();
            await Calls(calls).ConfigureAwait(false);
            return Stopwatch.GetElapsedTime(started).TotalNanoseconds / calls / units;

            async Task Calls(int count)
            {
                for (int i = 0; i < count; i++)
                {
                    await controller.Submit(Work.Echo, data);
                }
            }
        }
    }

    private static async Task<double> Children(int count)
    {
        EventRuntime runtime = EventRuntime.Create();
        await using (runtime.ConfigureAwait(false))
        {
            Controller[] controllers =
            [
                .. Enumerable.Range(0, count).Select(_ => runtime.CreateController(options => options.AddSubprocess())),
            ];
            Array.ForEach(controllers, controller => controller.Run());
            await Task.WhenAll(controllers.Select(controller => Calls(controller, 5_000))).ConfigureAwait(false);
            long started = Stopwatch.GetTimestamp();
            await Task.WhenAll(controllers.Select(controller => Calls(controller, 20_000))).ConfigureAwait(false);
            return Stopwatch.GetElapsedTime(started).TotalNanoseconds / (20_000.0 * count);
        }
    }

    private static async Task Calls(Controller controller, int count)
    {
        Pending<int>[] ring = [.. Enumerable.Range(0, InFlight).Select(i => controller.Submit(Work.Add, i, 1))];
        for (int i = InFlight; i < count; i++)
        {
            await ring[i % InFlight];
            ring[i % InFlight] = controller.Submit(Work.Add, i, 1);
        }

        foreach (Pending<int> pending in ring)
        {
            await pending;
        }
    }
}
