using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests.Timers;

/// <summary>P14 on the system's clock: a time-out needs no thread of the pool.</summary>
public sealed class StarvedPoolTests : IAsyncLifetime
{
    private readonly EventRuntime _runtime = EventRuntime.Create();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _runtime.DisposeAsync().AsTask();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Handler_ThatStarvesThePool_TimesOutAndSeesItsToken(int workers)
    {
        ManualResetEventSlim over = new();
        ManualResetEventSlim settled = new();
        ManualResetEventSlim cancelled = new();
        IController controller = _runtime.CreatePool(
            workers,
            options =>
            {
                options.EventTimeout = TimeSpan.FromMilliseconds(500);
                options.Mapping.On(
                    "starve",
                    session =>
                    {
                        for (int i = 0; i < 300; i++)
                        {
                            ThreadPool.UnsafeQueueUserWorkItem(over => over.Wait(), over, preferLocal: false);
                        }

                        CancellationToken token = session.CancellationToken;
                        SpinWait.SpinUntil(() => token.IsCancellationRequested || over.IsSet);
                        cancelled.Set();
                        over.Wait();
                    }
                );
            }
        );
        controller.Run();
        Pending pending = controller.Dispatch("starve");
        pending.WhenSettled(_ => settled.Set());
        bool[] seen = new bool[2];

        // The test's own thread belongs to the pool. What was queued may still come after the end, so nothing is
        // disposed.
        Thread watcher = new(() =>
        {
            seen = [settled.Wait(HangGuard.Limit), cancelled.Wait(HangGuard.Limit)];
            over.Set();
        });
        watcher.Start();
        watcher.Join();

        Assert.Equal([true, true], seen);
        Assert.Equal(PendingStatus.TimedOut, pending.Status);
        await controller.WaitForIdleAsync().Guarded();
    }

    [Fact]
    public async Task Timeout_OfAMoment_IsOne()
    {
        Controller controller = _runtime.CreateController(options =>
            options.Mapping.On("x", async session => await Task.Delay(Timeout.Infinite, session.CancellationToken))
        );
        controller.Run();

        Assert.Equal(
            PendingStatus.TimedOut,
            await controller.Dispatch("x", options: new EventOptions { Timeout = TimeOption.Shortest }).StatusAsync()
        );
    }

    [Fact]
    public async Task Timeouts_LongBesideShort_EndInTheirOrder()
    {
        Controller controller = _runtime.CreateController(options =>
            options.Mapping.On(
                "x",
                async session =>
                {
                    await Task.Yield();
                    await (
                        session.Value is true
                            ? Task.Delay(Timeout.Infinite, session.CancellationToken)
                            : Task.CompletedTask
                    );
                }
            )
        );
        controller.Run();

        for (int i = 0; i < 50; i++)
        {
            Assert.Equal(
                PendingStatus.Completed,
                await controller
                    .Dispatch("x", false, options: new EventOptions { Timeout = TimeSpan.FromDays(90) })
                    .StatusAsync()
            );
            Assert.Equal(
                PendingStatus.TimedOut,
                await controller
                    .Dispatch(
                        "x",
                        true,
                        options: new EventOptions { Timeout = TimeSpan.FromMilliseconds(i % 3) + TimeOption.Shortest }
                    )
                    .StatusAsync()
            );
        }
    }
}
