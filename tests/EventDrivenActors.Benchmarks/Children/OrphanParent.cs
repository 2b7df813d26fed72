using EventDrivenActors.Benchmarks.PeerProcesses;

namespace EventDrivenActors.Benchmarks.Children;

/// <summary>A process with a child, to be killed.</summary>
internal static class OrphanParent
{
    public static async Task RunAsync()
    {
        EventRuntime runtime = EventRuntime.Create();
        await using (runtime.ConfigureAwait(false))
        {
            Controller controller = runtime.CreateController(options => options.AddSubprocess());
            controller.Run();
            Console.WriteLine(await controller.Submit(() => Environment.ProcessId));
            await PeerRoles.StayAsync().ConfigureAwait(false);
        }
    }
}
