using Akka.Actor;
using Akka.Routing;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests.Pools;

/// <summary>A pool to plain Akka code: a router.</summary>
public sealed class PoolRefTests : PoolTestBase
{
    [Fact]
    public async Task Tell_OfAnEvent_IsAnsweredByOneWorker()
    {
        ActorProbe probe = new(Runtime.System);
        ControllerPool pool = StartPool(
            3,
            PoolRouting.RoundRobin,
            options => options.Mapping.On("bad", _ => Throw(new TestFailureException()))
        );

        pool.Ref.Tell(new ControllerEvent("who"), probe.Ref);
        Assert.Single(await probe.ExpectAsync<IReadOnlyList<object?>>());

        pool.Ref.Tell(new ControllerEvent("bad"), probe.Ref);
        Assert.IsType<TestFailureException>((await probe.ExpectAsync<Status.Failure>()).Cause);
    }

    [Fact]
    public async Task Broadcast_ReachesEachWorker_AndEachAnswers()
    {
        ActorProbe probe = new(Runtime.System);
        ControllerPool pool = StartPool(3, PoolRouting.RoundRobin);

        pool.Ref.Tell(new Broadcast(new ControllerEvent("who")), probe.Ref);

        List<int> answers = [];
        for (int i = 0; i < 3; i++)
        {
            answers.Add((int)Assert.Single(await probe.ExpectAsync<IReadOnlyList<object?>>())!);
        }

        Assert.Equal([0, 1, 2], answers.Order());
    }

    [Fact]
    public async Task BroadcastPoison_ReplacesAllWorkers()
    {
        ControllerPool pool = StartPool(3, PoolRouting.RoundRobin);
        ActorProbe probe = new(Runtime.System);
        foreach (Controller worker in pool.Workers)
        {
            await probe.WatchAsync(worker.Ref);
        }

        pool.Ref.Tell(new Broadcast(PoisonPill.Instance));

        for (int i = 0; i < 3; i++)
        {
            await probe.ExpectAsync<Terminated>();
        }

        await WorkersOf(Enumerable.Range(0, 9).Select(_ => pool.Dispatch("who")));
        Assert.Equal(ControllerState.Running, pool.State);
    }

    [Fact]
    public async Task GetRoutees_NamesTheWorkers_WhichTakeEventsThemselves()
    {
        ActorProbe probe = new(Runtime.System);
        ControllerPool pool = StartPool(3, PoolRouting.RoundRobin);

        pool.Ref.Tell(GetRoutees.Instance, probe.Ref);

        Routee[] routees = [.. (await probe.ExpectAsync<Routees>()).Members];
        Assert.Equal(
            pool.Workers.Select(worker => worker.Ref),
            routees.Cast<ActorRefRoutee>().Select(routee => routee.Actor)
        );
        routees[2].Send(new ControllerEvent("who"), probe.Ref);
        Assert.Equal([2], await probe.ExpectAsync<IReadOnlyList<object?>>());
    }

    [Fact]
    public async Task AdjustPoolSize_AddsAndRemovesWorkers_ButNeverTheLast()
    {
        ControllerPool pool = StartPool(3, PoolRouting.RoundRobin);

        Assert.Equal(5, await AdjustAsync(pool, 2));
        Assert.Equal(1, await AdjustAsync(pool, -4));
        Assert.Equal(1, await AdjustAsync(pool, -1));
        Assert.Equal(4, await AdjustAsync(pool, 3));
        Assert.Equal(4, (await WorkersOfAllAsync(pool)).Distinct().Count());
    }

    private async Task<IReadOnlyList<int>> WorkersOfAllAsync(ControllerPool pool)
    {
        (Gate Gate, Pending Pending)[] held =
        [
            await HoldOneAsync(pool),
            await HoldOneAsync(pool),
            await HoldOneAsync(pool),
            await HoldOneAsync(pool),
        ];
        foreach ((Gate gate, Pending _) in held)
        {
            gate.Open();
        }

        return await WorkersOf(held.Select(one => one.Pending));
    }

    private async Task<int> AdjustAsync(ControllerPool pool, int change)
    {
        ActorProbe probe = new(Runtime.System);
        pool.Ref.Tell(new AdjustPoolSize(change), probe.Ref);
        pool.Ref.Tell(GetRoutees.Instance, probe.Ref);
        int routees = (await probe.ExpectAsync<Routees>()).Members.Count();
        Assert.Equal(pool.Workers.Count, routees);
        return routees;
    }
}
