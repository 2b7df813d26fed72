namespace EventDrivenActors.TestKit.Simulating;

/// <summary>
/// The first program of each actor system. The library and Akka create some of their parts at first use, which would
/// change the order of the first seed.
/// </summary>
internal static class WarmUp
{
    private const string Key = "warm-up";

    public static async Task RunAsync(EventRuntime runtime, Simulation simulation)
    {
        Controller parent = runtime.CreateController(options =>
        {
            options.AddTimer(TimeSpan.FromSeconds(1));
            options.Mapping.On(ControllerEvents.Timing, () => { });
            options.AddSubprocess(child => child.Mapping.On(Key, Handle));
        });
        ControllerPool pool = runtime.CreatePool(
            2,
            options => options.Mapping.On(Key, () => Task.Delay(TimeSpan.FromSeconds(1), simulation.Time))
        );
        parent.Run();
        pool.Run();
        using IDisposable tap = pool.Listen(parent, ControllerEvents.Timing);
        await Task.WhenAll(parent.Dispatch(Key).AsTask(), pool.Dispatch(Key).AsTask(), pool.Dispatch(Key).AsTask())
            .ConfigureAwait(true);
        await simulation.SettleAsync().ConfigureAwait(true);
    }

    private static void Handle()
    {
        // The event only has to run.
    }
}
