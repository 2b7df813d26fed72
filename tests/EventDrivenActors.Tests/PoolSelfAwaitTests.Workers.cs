using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests;

/// <content>Workers that fail, and waits that are none.</content>
public sealed partial class PoolSelfAwaitTests
{
    [Fact]
    public async Task LastFreeWorker_ThatFailsForGood_LeavesNoHandlerWaitingForAQueuedEvent()
    {
        Gate busy = new();
        int busyWorker = -1;
        List<IControllerLifecycle> lifecycles = [];
        ControllerPool pool = CreatePool(
            2,
            o =>
            {
                o.Adapters.Add(new DelegateAdapter(context => lifecycles.Add(context.Lifecycle)));
                o.Mapping.On("inner", () => 1)
                    .On(
                        "busy",
                        session =>
                        {
                            busyWorker = session.WorkerIndex;
                            return busy.PassAsync();
                        }
                    )
                    .On("outer", async session => (await session.Pool!.Dispatch("inner"))[0]);
            }
        );
        pool.Run();
        _ = pool.Dispatch("busy");
        await busy.Entered;
        Pending outer = pool.Dispatch("outer");
        await QuietAsync();

        await EventFilter
            .Error(contains: "gave up")
            .ExpectOneAsync(
                HangGuard.Limit,
                () =>
                {
                    lifecycles[busyWorker].Fail(new IOException("No child is left."), EventOutcome.Closed);
                    return Task.CompletedTask;
                }
            );

        await Assert.ThrowsAsync<SelfAwaitException>(() => outer.AsTask().Guarded());
        busy.Open();
    }

    [Fact]
    public async Task Handler_ThatAwaitsAQueuedEventWhileAnotherWorkerIsFree_GetsItsResult()
    {
        ControllerPool pool = CreatePool(
            2,
            o => o.Mapping.On("inner", () => 1).On("outer", async session => (await session.Pool!.Dispatch("inner"))[0])
        );
        pool.Run();

        Assert.Equal([1], await pool.Dispatch("outer").AsTask().Guarded());
    }

    /// <summary>
    /// P15: "Nothing else that is not a cycle is ever reported." A handler that begins a shutdown and does not await it
    /// waits for nothing.
    /// </summary>
    [Fact]
    public async Task Handler_ThatAwaitsOneThatHasOnlyBegunItsPoolsShutdown_IsNotRefused()
    {
        Gate gate = new();
        ControllerPool pool = null!;
        Controller other = CreateController(o =>
            o.Mapping.On(
                "inner",
                async session =>
                {
                    // From here on it cannot block its own thread.
                    await Task.Yield();
                    _ = pool.ShutdownAsync(ShutdownMode.Finish);
                    await gate.PassAsync();
                    return 1;
                }
            )
        );
        other.Run();
        Gate busy = new();
        pool = CreatePool(
            2,
            o => o.Mapping.On("outer", async _ => (await other.Dispatch("inner"))[0]).On("busy", _ => busy.PassAsync())
        );
        pool.Run();
        Pending outer = pool.Dispatch("outer");
        _ = pool.Dispatch("busy");
        await busy.Entered;
        await gate.Entered;

        // The end of a worker lets the pool look for waits that can no longer end.
        busy.Open();
        await Task.WhenAny(pool.Workers.Select(worker => worker.WaitAsync())).Guarded();
        await QuietAsync();
        gate.Open();

        Assert.Equal([1], await outer.AsTask().Guarded());
    }

    [Fact]
    public async Task Resize_WhileAHandlerHasAQueuedEventThatItDoesNotAwait_IsNotRefused()
    {
        Gate busy = new();
        Gate gate = new();
        ControllerPool pool = CreatePool(
            2,
            o =>
                o.Mapping.On("busy", _ => busy.PassAsync())
                    .On("inner", () => 1)
                    .On(
                        "outer",
                        async session =>
                        {
                            _ = session.Pool!.Dispatch("inner").AsTask();
                            await gate.PassAsync();
                        }
                    )
        );
        pool.Run();
        Pending outer = pool.Dispatch("outer");
        Pending held = pool.Dispatch("busy");
        await busy.Entered;
        await gate.Entered;

        pool.Resize(1);
        gate.Open();

        await outer.AsTask().Guarded();
        busy.Open();
        await held.AsTask().Guarded();
    }
}
