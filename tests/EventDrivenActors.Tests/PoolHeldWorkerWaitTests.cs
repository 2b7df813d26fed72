using EventDrivenActors.TestKit;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests;

/// <summary>Waits of handlers while a new worker of a pool waits for one that leaves.</summary>
public sealed class PoolHeldWorkerWaitTests : ControllerTestKit
{
    [Fact]
    public async Task Handler_ThatAwaitsWhatOnlyANewWorkerCanTake_WaitsForTheOneThatLeaves()
    {
        Gate busy = new();
        ControllerPool pool = CreatePool(
            2,
            o =>
                o.Mapping.On("inner", session => session.WorkerIndex)
                    .On("busy", _ => busy.PassAsync())
                    .On("outer", async session => (await session.Pool!.Dispatch("inner"))[0])
        );
        pool.Run();
        _ = pool.Workers[1].Dispatch("busy");
        await busy.Entered;
        pool.Resize(1);
        pool.Resize(2);

        Pending outer = pool.Workers[0].Dispatch("outer");
        await QuietAsync();
        Assert.Equal(PendingStatus.Running, outer.Status);
        busy.Open();

        Assert.Equal([1], await outer.Guarded());
    }

    [Fact]
    public async Task Handlers_OfTheLeavingWorkerAndOfAllThatTake_DoNotWaitForTheNewWorkerForEver()
    {
        Gate[] gates = [new(), new()];
        ControllerPool pool = CreatePool(
            2,
            o =>
                o.Mapping.On("inner", session => session.WorkerIndex)
                    .On(
                        "outer",
                        async session =>
                        {
                            await gates[session.WorkerIndex].PassAsync();
                            return (await session.Pool!.Dispatch("inner"))[0];
                        }
                    )
        );
        pool.Run();
        Pending[] outer = [.. pool.Workers.Select(worker => worker.Dispatch("outer"))];
        await Task.WhenAll(gates.Select(gate => gate.Entered)).Guarded();
        pool.Resize(1);
        pool.Resize(2);

        gates[0].Open();
        await QuietAsync();
        Assert.All(outer, one => Assert.Equal(PendingStatus.Running, one.Status));
        gates[1].Open();

        await Assert.ThrowsAsync<SelfAwaitException>(() => outer[1].Guarded());
        Assert.Equal([1], await outer[0].Guarded());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Handler_OfALeavingWorker_ThatAwaitsItsOwnQueueOrThatOfItsSuccessor_FailsAtOnce(bool own)
    {
        Gate gate = new();
        Pending? awaited = null;
        ControllerPool pool = CreatePool(
            2,
            o =>
            {
                o.Routing = PoolRouting.ConsistentHash;
                o.Mapping.On("inner", session => session.WorkerIndex)
                    .On(
                        "outer",
                        async _ =>
                        {
                            await gate.PassAsync();
                            return (await awaited!)[0];
                        }
                    );
            }
        );
        pool.Run();
        Controller leaving = pool.Workers[1];
        Pending outer = leaving.Dispatch("outer");
        await gate.Entered;
        Pending inOwn = leaving.Dispatch("inner");
        pool.Resize(1);
        pool.Resize(2);
        Pending inSuccessors = pool.Workers[1].Dispatch("inner");
        awaited = own ? inOwn : inSuccessors;

        gate.Open();

        await Assert.ThrowsAsync<SelfAwaitException>(() => outer.Guarded());
        Assert.Equal([1], await inOwn.Guarded());
        Assert.Equal([1], await inSuccessors.Guarded());
        await pool.WaitForIdleAsync().Guarded();
    }
}
