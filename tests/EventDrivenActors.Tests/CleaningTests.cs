using EventDrivenActors.TestKit;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests;

public sealed class CleaningTests
{
    [Fact]
    public async Task Clean_OnTheThreadThatMovesTheClock_ReturnsAllTheSame()
    {
        using ManualResetEventSlim released = new();
        VirtualTime time = new();
        EventRuntime runtime = EventRuntime.Create(options => options.TimeProvider = time);
        Controller controller = runtime.CreateController(options =>
            options.Adapters.Add(
                new DelegateAdapter(context =>
                    context.Lifecycle.OnCleaning(() =>
                    {
                        released.Wait(HangGuard.Limit);
                        return 100;
                    })
                )
            )
        );
        controller.Run();

        // As long as this lasts nobody moves the clock.
        Assert.Equal(
            0,
            await Task
                .Factory.StartNew(
                    controller.Clean,
                    CancellationToken.None,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default
                )
                .Guarded()
        );

        Assert.Equal(TimeSpan.Zero, time.GetElapsedTime(0));
        released.Set();
        await time.DriveAsync(runtime.DisposeAsync().AsTask());
    }
}
