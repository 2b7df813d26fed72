using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests.Pools;

/// <summary>The routings that push each event into the queue of one worker.</summary>
public sealed class OwnQueueTests : PoolTestBase
{
    [Fact]
    public async Task PlainRoundRobin_GoesToABusyWorkerToo()
    {
        ControllerPool pool = StartPool(3, PoolRouting.PlainRoundRobin);
        (Gate gate, Pending held) = await HoldOneAsync(pool);

        Pending[] next = [.. Enumerable.Range(0, 6).Select(_ => pool.Dispatch("who"))];

        Assert.Equal([1, 2, 1, 2], await WorkersOf([next[0], next[1], next[3], next[4]]));
        Assert.Equal(PendingStatus.Queued, next[2].Status);
        Assert.Equal(PendingStatus.Queued, next[5].Status);
        gate.Open();
        Assert.Equal([0, 0, 0], await WorkersOf([held, next[2], next[5]]));
    }

    [Fact]
    public async Task SmallestMailbox_EvensOutWhatIsQueuedAndRunning()
    {
        ControllerPool pool = StartPool(4, PoolRouting.SmallestMailbox);
        List<Gate> gates = [];
        List<Pending> held = [];
        for (int i = 0; i < 4; i++)
        {
            (Gate gate, Pending pending) = await HoldOneAsync(pool);
            gates.Add(gate);
            held.Add(pending);
        }

        Pending[] second = [.. Enumerable.Range(0, 4).Select(_ => pool.Dispatch("who"))];
        gates.ForEach(gate => gate.Open());

        Assert.Equal([0, 1, 2, 3], (await WorkersOf(held)).Order());
        Assert.Equal([0, 1, 2, 3], (await WorkersOf(second)).Order());
    }

    [Fact]
    public async Task SmallestMailbox_PrefersTheWorkerWithTheLeast()
    {
        ControllerPool pool = StartPool(2, PoolRouting.SmallestMailbox);
        (Gate gate, Pending held) = await HoldOneAsync(pool);

        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(1, await WorkerOf(pool.Dispatch("who")));
            await pool.Workers[1].WaitForIdleAsync().Guarded();
        }

        gate.Open();
        Assert.Equal(0, await WorkerOf(held));
    }

    [Fact]
    public void Capacity_WithTheRoutingToAllWorkers_IsRefused()
    {
        const PoolRouting routing = PoolRouting.Broadcast;
        ArgumentException refused = Assert.Throws<ArgumentException>(() =>
            Runtime.CreatePool(
                2,
                options =>
                {
                    options.Capacity = 17;
                    options.Routing = routing;
                }
            )
        );

        Assert.Contains("'17'", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"'{routing}'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoWorkers_AreRefused()
    {
        Assert.Contains(
            "'0'",
            Assert.Throws<ArgumentException>(() => Runtime.CreatePool(0)).Message,
            StringComparison.Ordinal
        );
    }
}
