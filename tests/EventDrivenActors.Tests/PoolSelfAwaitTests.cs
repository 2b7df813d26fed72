using EventDrivenActors.TestKit;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests;

public sealed partial class PoolSelfAwaitTests : ControllerTestKit
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
}
