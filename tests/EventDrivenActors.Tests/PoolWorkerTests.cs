using Akka.Actor;
using EventDrivenActors.TestKit;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests;

/// <summary>Workers that are lost: the pool goes on with the others, and never hangs when none is left.</summary>
public sealed class PoolWorkerTests : ControllerTestKit
{
    [Fact]
    public async Task OneWorkerKilled_TheOthersGoOn()
    {
        ControllerPool pool = StartPool(3);
        await KillAsync(pool.Workers[0]);

        for (int i = 0; i < 100; i++)
        {
            Assert.Equal([1], await pool.Dispatch("x").Guarded());
        }

        await pool.WaitForIdleAsync().Guarded();
    }

    [Fact]
    public async Task Resized_ToFewerAndMoreWorkers_HandlesEveryEvent()
    {
        ControllerPool pool = StartPool(3);
        await pool.Dispatch("x").Guarded();
        foreach (int workers in (int[])[1, 4, 2])
        {
            pool.Resize(workers);
            Assert.Equal(workers, pool.Workers.Count);
            for (int i = 0; i < 50; i++)
            {
                Assert.Equal([1], await pool.Dispatch("x").Guarded());
            }
        }

        await pool.WaitForIdleAsync().Guarded();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task AllWorkersKilled_EveryEventStillSettlesOrIsRefused(int workers)
    {
        ControllerPool pool = StartPool(workers);
        await pool.SuspendAsync().Guarded();
        Pending queued = pool.Dispatch("x");
        foreach (Controller worker in pool.Workers)
        {
            await KillAsync(worker);
        }

        pool.Resume();
        Assert.True(await queued.StatusAsync() >= PendingStatus.Completed);
        if (Record.Exception(() => queued = pool.Dispatch("x")) is { } refused)
        {
            Assert.IsType<ControllerClosedException>(refused);
        }

        Assert.True(await queued.StatusAsync() >= PendingStatus.Completed);
    }

    private static async Task KillAsync(Controller worker)
    {
        Task end = worker.WaitAsync();
        worker.Ref.Tell(Kill.Instance);
        await end.Guarded();
    }

    private ControllerPool StartPool(int workers)
    {
        ControllerPool pool = CreatePool(workers, options => options.Mapping.On("x", _ => 1));
        pool.Run();
        return pool;
    }
}
