using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests;

public sealed class PoolSelfAwaitTests
{
    [Fact]
    public async Task Handlers_OfAllWorkersThatAwaitQueuedEvents_DoNotWaitForEver()
    {
        await using EventRuntime runtime = EventRuntime.Create();
        TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int arrived = 0;
        ControllerPool pool = runtime.CreatePool(2, o => o.Mapping
            .On("inner", () => 1)
            .On("outer", async session =>
            {
                if (Interlocked.Increment(ref arrived) == 2)
                {
                    all.SetResult();
                }

                await all.Task;
                return (await session.Pool!.Dispatch("inner"))[0];
            }));
        pool.Run();

        Pending[] outer = [pool.Dispatch("outer"), pool.Dispatch("outer")];
        await Task.WhenAll(outer.Select(one => one.SettledAsync())).Guarded();

        Assert.Contains(outer, one => one.Exception is SelfAwaitException);
    }

    [Fact]
    public async Task Handler_ThatAwaitsAnEventRoutedToItsOwnWorker_FailsAtOnce()
    {
        await using EventRuntime runtime = EventRuntime.Create();
        ControllerPool pool = runtime.CreatePool(2, o =>
        {
            o.Routing = PoolRouting.ConsistentHash;
            o.HashKey = (_, _) => "one worker";
            o.Mapping
                .On("inner", () => 1)
                .On("outer", async session => (await session.Pool!.Dispatch("inner"))[0]);
        });
        pool.Run();

        await Assert.ThrowsAsync<SelfAwaitException>(() => pool.Dispatch("outer").AsTask().Guarded());
    }

    [Fact]
    public async Task Handler_ThatAwaitsABroadcastOfItsOwnPool_FailsAtOnce()
    {
        await using EventRuntime runtime = EventRuntime.Create();
        ControllerPool pool = runtime.CreatePool(2, o =>
        {
            o.Routing = PoolRouting.Broadcast;
            o.Mapping
                .On("inner", () => 1)
                .On("outer", async session => (await session.Pool!.Dispatch("inner"))[0]);
        });
        pool.Run();

        await Assert.ThrowsAsync<SelfAwaitException>(() => pool.Dispatch("outer").AsTask().Guarded());
    }

    [Fact]
    public async Task Handler_ThatAwaitsAQueuedEventWhileAnotherWorkerIsFree_GetsItsResult()
    {
        await using EventRuntime runtime = EventRuntime.Create();
        ControllerPool pool = runtime.CreatePool(2, o => o.Mapping
            .On("inner", () => 1)
            .On("outer", async session => (await session.Pool!.Dispatch("inner"))[0]));
        pool.Run();

        Assert.Equal([1], await pool.Dispatch("outer").AsTask().Guarded());
    }
}
