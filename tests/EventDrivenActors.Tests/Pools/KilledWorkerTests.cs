using Akka.Actor;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests.Pools;

public sealed class KilledWorkerTests : PoolTestBase
{
    public static TheoryData<object> Ends => new(PoisonPill.Instance, Kill.Instance);

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task KilledWorker_IsReplaced_AndOnlyItsEventIsClosed(object end)
    {
        ControllerPool pool = StartPool(2, PoolRouting.RoundRobin);
        (Gate _, Pending lost) = await HoldOneAsync(pool);
        (Gate second, Pending kept) = await HoldOneAsync(pool);
        Pending[] queued = [.. Enumerable.Range(0, 20).Select(_ => pool.Dispatch("who"))];

        pool.Workers[0].Ref.Tell(end, ActorRefs.NoSender);

        Assert.Equal(PendingStatus.Closed, await lost.StatusAsync());
        second.Open();
        await WorkersOf([kept, .. queued]);
        Assert.Equal(ControllerState.Running, pool.State);
        Assert.Equal(2, pool.Workers.Count);
    }

    [Fact]
    public async Task AllWorkersKilledAgainAndAgain_NothingHangs()
    {
        ControllerPool pool = StartPool(3, PoolRouting.RoundRobin);
        List<Pending> pendings = [];
        for (int round = 0; round < 20; round++)
        {
            foreach (Controller worker in pool.Workers)
            {
                worker.Ref.Tell(Kill.Instance, ActorRefs.NoSender);
                pendings.Add(pool.Dispatch("who"));
            }
        }

        PendingStatus[] ends = await Task.WhenAll(pendings.Select(pending => pending.StatusAsync()));

        Assert.All(ends, status => Assert.True(status is PendingStatus.Completed or PendingStatus.Closed));
        Assert.InRange(await WorkerOf(pool.Dispatch("who")), 0, 2);
        await pool.WaitForIdleAsync().Guarded();
    }

    [Fact]
    public async Task KilledWorker_OfASuspendedPool_IsReplacedByASuspendedOne()
    {
        ControllerPool pool = StartPool(1, PoolRouting.RoundRobin);
        await pool.SuspendAsync().Guarded();
        IActorRef killed = pool.Workers[0].Ref;
        ActorProbe probe = new(Runtime.System);
        await probe.WatchAsync(killed);
        killed.Tell(Kill.Instance);
        await probe.ExpectAsync<Terminated>();
        Pending queued = pool.Dispatch("who");
        await MarkerAsync();
        Assert.Equal(PendingStatus.Queued, queued.Status);

        pool.Resume();

        Assert.Equal(0, await WorkerOf(queued));
    }

    [Fact]
    public async Task KilledWorkers_UnderAnActorsContext_EndThePoolInsteadOfHangingIt()
    {
        ActorProbe parent = new(Runtime.System);
        ControllerPool pool = await parent.InActorAsync(context =>
            StartPool(2, PoolRouting.RoundRobin, options => options.ActorFactory = context)
        );

        pool.Workers[0].Ref.Tell(Kill.Instance);
        await pool.Workers[0].WaitAsync().Guarded();
        Assert.Equal(1, await WorkerOf(pool.Dispatch("who")));
        await pool.SuspendAsync().Guarded();
        Pending queued = pool.Dispatch("who");
        pool.Workers[1].Ref.Tell(Kill.Instance);

        Assert.Equal(PendingStatus.Closed, await queued.StatusAsync());
        await pool.WaitAsync().Guarded();
        Assert.Equal(ControllerState.Stopped, pool.State);
        Assert.Throws<InvalidOperationException>(() => pool.Run());
        Assert.Equal(ControllerState.Stopped, pool.State);
    }

    [Theory]
    [InlineData(PoolRouting.PlainRoundRobin)]
    [InlineData(PoolRouting.SmallestMailbox)]
    [InlineData(PoolRouting.ConsistentHash)]
    [InlineData(PoolRouting.Broadcast)]
    public async Task WorkerThatHasEnded_IsPassedOver(PoolRouting routing)
    {
        ActorProbe parent = new(Runtime.System);
        ControllerPool pool = await parent.InActorAsync(context =>
            StartPool(
                3,
                routing,
                options =>
                {
                    options.ActorFactory = context;
                    options.HashKey = (_, value) => value!;
                }
            )
        );
        pool.Workers[1].Ref.Tell(PoisonPill.Instance);
        await pool.Workers[1].WaitAsync().Guarded();

        foreach (int number in Enumerable.Range(0, 30))
        {
            IReadOnlyList<object?> results = await pool.Dispatch("who", number).Guarded();
            Assert.NotEmpty(results);
            Assert.DoesNotContain(1, results);
        }
    }
}
