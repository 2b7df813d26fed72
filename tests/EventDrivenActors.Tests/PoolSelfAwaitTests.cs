using EventDrivenActors.TestKit;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests;

public sealed class PoolSelfAwaitTests : ControllerTestKit
{
    [Fact]
    public async Task Handlers_OfAllWorkersThatAwaitQueuedEvents_DoNotWaitForEver()
    {
        TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int arrived = 0;
        ControllerPool pool = CreatePool(
            2,
            o =>
                o.Mapping.On("inner", () => 1)
                    .On(
                        "outer",
                        async session =>
                        {
                            if (Interlocked.Increment(ref arrived) == 2)
                            {
                                all.SetResult();
                            }

                            await all.Task;
                            return (await session.Pool!.Dispatch("inner"))[0];
                        }
                    )
        );
        pool.Run();

        Pending[] outer = [pool.Dispatch("outer"), pool.Dispatch("outer")];
        await Task.WhenAll(outer.Select(one => one.SettledAsync())).Guarded();

        Assert.Contains(outer, one => one.Exception is SelfAwaitException);
    }

    [Fact]
    public async Task Handlers_OfABroadcast_ThatEachAwaitAnotherOne_DoNotTakeEachOtherForTheCause()
    {
        // The handlers go on one after the other on the test's thread, so nobody looks at their waits in between.
        TaskCompletionSource goOn = new();
        TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int arrived = 0;
        ControllerPool pool = CreatePool(
            2,
            o =>
            {
                o.Routing = PoolRouting.Broadcast;
                o.Mapping.On("inner", () => 1)
                    .On(
                        "outer",
                        async session =>
                        {
                            await Task.Yield();

                            // Both waits have begun before it can be seen that the handlers await them.
                            Task inner = AwaitAsync(session.Pool!.Dispatch("inner"));
                            if (Interlocked.Increment(ref arrived) == 2)
                            {
                                all.SetResult();
                            }

                            await goOn.Task.ConfigureAwait(false);
                            await inner.ConfigureAwait(false);
                        }
                    );
            }
        );
        pool.Run();
        Pending outer = pool.Dispatch("outer");
        await all.Task.Guarded();
        await QuietAsync();

        goOn.SetResult();
        await outer.SettledAsync().Guarded();

        Assert.IsType<SelfAwaitException>(outer.Exception);

        static async Task AwaitAsync(Pending pending) => await pending;
    }

    [Fact]
    public async Task Handler_ThatAwaitsAnEventRoutedToItsOwnWorker_FailsAtOnce()
    {
        ControllerPool pool = CreatePool(
            2,
            o =>
            {
                o.Routing = PoolRouting.ConsistentHash;
                o.HashKey = (_, _) => "one worker";
                o.Mapping.On("inner", () => 1).On("outer", async session => (await session.Pool!.Dispatch("inner"))[0]);
            }
        );
        pool.Run();

        await Assert.ThrowsAsync<SelfAwaitException>(() => pool.Dispatch("outer").AsTask().Guarded());
    }

    [Fact]
    public async Task Handler_ThatAwaitsRoomInItsOwnWorkersQueue_FailsOnlyWhereThereIsNone()
    {
        ControllerPool pool = CreatePool(
            2,
            o =>
            {
                o.Routing = PoolRouting.ConsistentHash;
                o.HashKey = (_, _) => "one worker";
                o.Capacity = 1;
                o.Mapping.On("inner", () => 1)
                    .On(
                        "outer",
                        async session =>
                        {
                            await session.Pool!.DispatchAsync("inner");
                            await session.Pool!.DispatchAsync("inner");
                        }
                    );
            }
        );
        pool.Run();

        SelfAwaitException failure = await Assert.ThrowsAsync<SelfAwaitException>(() =>
            pool.Dispatch("outer").AsTask().Guarded()
        );

        Assert.Contains("room in the queue", failure.Message);
        await pool.WaitForIdleAsync().Guarded();
    }

    [Fact]
    public async Task Handler_ThatAwaitsABroadcastOfItsOwnPool_FailsAtOnce()
    {
        ControllerPool pool = CreatePool(
            2,
            o =>
            {
                o.Routing = PoolRouting.Broadcast;
                o.Mapping.On("inner", () => 1).On("outer", async session => (await session.Pool!.Dispatch("inner"))[0]);
            }
        );
        pool.Run();

        await Assert.ThrowsAsync<SelfAwaitException>(() => pool.Dispatch("outer").AsTask().Guarded());
    }

    [Fact]
    public async Task Handler_OfALeavingWorkerThatAwaitsAQueuedEvent_GetsItFromTheOneThatStays()
    {
        await using EventRuntime runtime = EventRuntime.Create();
        Gate[] gates = [new(), new()];
        ControllerPool pool = runtime.CreatePool(
            2,
            o =>
                o.Mapping.On("inner", () => 1)
                    .On(
                        "outer",
                        async session =>
                        {
                            await gates[session.WorkerIndex].PassAsync();
                            return session.WorkerIndex == 0 ? null : (await session.Pool!.Dispatch("inner"))[0];
                        }
                    )
        );
        pool.Run();
        Pending[] outer = [pool.Dispatch("outer"), pool.Dispatch("outer")];
        await Task.WhenAll(gates.Select(gate => gate.Entered)).Guarded();

        pool.Resize(1);
        gates[0].Open();
        await Task.WhenAny(outer.Select(one => one.SettledAsync())).Guarded();
        gates[1].Open();

        object?[] results =
        [
            .. (await Task.WhenAll(outer.Select(one => one.AsTask())).Guarded()).Select(one => one[0]),
        ];
        Assert.Contains(1, results);
    }

    [Fact]
    public async Task Resize_ThatWouldLeaveOnlyWorkersWhoseHandlersAwaitQueuedEvents_IsRefusedUntilTheyHaveEnded()
    {
        Gate busy = new();
        ControllerPool pool = CreatePool(
            2,
            o =>
                o.Mapping.On("inner", () => 1)
                    .On(
                        "outer",
                        async session =>
                        {
                            if (session.WorkerIndex == 1)
                            {
                                await busy.PassAsync();
                                return null;
                            }

                            await busy.Entered;
                            return (await session.Pool!.Dispatch("inner"))[0];
                        }
                    )
        );
        pool.Run();
        Pending[] outer = [pool.Dispatch("outer"), pool.Dispatch("outer")];
        await QuietAsync();

        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => pool.Resize(1));
        busy.Open();
        object?[] results =
        [
            .. (await Task.WhenAll(outer.Select(one => one.AsTask())).Guarded()).Select(one => one[0]),
        ];

        Assert.Contains("cannot shrink to '1'", refused.Message);
        Assert.Contains(1, results);
        pool.Resize(1);
        Assert.Single(pool.Workers);
    }

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
