using System.Diagnostics;
using System.Globalization;
using System.Reflection.PortableExecutable;
using EventDrivenActors.Benchmarks.PeerProcesses;

namespace EventDrivenActors.Benchmarks.Children;

/// <summary>What a fresh process measures: the time from <c>Run</c> to the first result.</summary>
internal static class ColdStartMeasurement
{
    /// <summary>Whether this program was published with compiled code (ReadyToRun).</summary>
    public static bool IsPublished
    {
        get
        {
            using PEReader reader = new(File.OpenRead(typeof(SubprocessAdapter).Assembly.Location));
            return reader.PEHeaders.CorHeader is { ManagedNativeHeaderDirectory.Size: > 0 };
        }
    }

    public static async Task RunAsync()
    {
        EventRuntime runtime = EventRuntime.Create();
        await using (runtime.ConfigureAwait(false))
        {
            Controller controller = runtime.CreateController(options => options.AddSubprocess());
            long started = Stopwatch.GetTimestamp();
            controller.Run();
            await controller.Submit(Work.Add, 1, 1);
            Console.WriteLine(
                Stopwatch.GetElapsedTime(started).TotalNanoseconds.ToString("F0", CultureInfo.InvariantCulture)
            );
        }
    }
}
