using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests.Pools;

public sealed class RoundRobinTests : PoolTestBase
{
    [Fact]
    public async Task EventsOneAfterTheOther_VisitTheIdleWorkersInTurn()
    {
        ControllerPool pool = StartPool(4, PoolRouting.RoundRobin);
        List<int> visited = [];

        for (int i = 0; i < 9; i++)
        {
            visited.Add(await WorkerOf(pool.Dispatch("who")));
            await pool.WaitForIdleAsync().Guarded();
        }

        Assert.Equal([0, 1, 2, 3, 0, 1, 2, 3, 0], visited);
    }

    [Fact]
    public async Task BusyWorkers_ArePassedOver()
    {
        ControllerPool pool = StartPool(4, PoolRouting.RoundRobin);
        (Gate first, Pending onFirst) = await HoldOneAsync(pool);
        (Gate second, Pending onSecond) = await HoldOneAsync(pool);

        IReadOnlyList<int> visited = await WorkersOf(Enumerable.Range(0, 40).Select(_ => pool.Dispatch("who")));

        Assert.All(visited, worker => Assert.InRange(worker, 2, 3));
        first.Open();
        second.Open();
        Assert.Equal([0, 1], await WorkersOf([onFirst, onSecond]));
    }

    [Fact]
    public async Task AllBusy_TheNextFreeWorkerTakesTheEvent()
    {
        ControllerPool pool = StartPool(4, PoolRouting.RoundRobin);
        List<Gate> gates = [];
        List<Pending> held = [];
        for (int i = 0; i < 4; i++)
        {
            (Gate gate, Pending pending) = await HoldOneAsync(pool);
            gates.Add(gate);
            held.Add(pending);
        }

        Pending[] waiting = [pool.Dispatch("who"), pool.Dispatch("who")];
        await MarkerAsync();
        Assert.All(waiting, pending => Assert.Equal(PendingStatus.Queued, pending.Status));
        gates[2].Open();

        Assert.Equal([2, 2], await WorkersOf(waiting));
        gates.ForEach(gate => gate.Open());
        Assert.Equal([0, 1, 2, 3], await WorkersOf(held));
    }
}
