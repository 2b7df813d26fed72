using Akka.Actor;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests.Pools;

/// <content>Changes of the size while the pool does not just run.</content>
public sealed partial class ResizeTests
{
    [Fact]
    public async Task Resize_InAShutdownHandlerThatVetoes_LeavesWorkersThatRun()
    {
        ControllerPool pool = null!;
        pool = StartPool(
            1,
            PoolRouting.RoundRobin,
            options =>
                options.Mapping.On(
                    ControllerEvents.Shutdown,
                    session =>
                    {
                        if (pool.Workers.Count < 3)
                        {
                            pool.Resize(3);
                            session.Skip();
                        }
                    }
                )
        );

        Assert.True((await pool.ShutdownAsync().Guarded()).Vetoed);

        Assert.All(pool.Workers, worker => Assert.Equal(ControllerState.Running, worker.State));
        (Gate Gate, Pending Pending)[] held =
        [
            await HoldOneAsync(pool),
            await HoldOneAsync(pool),
            await HoldOneAsync(pool),
        ];
        foreach ((Gate gate, Pending _) in held)
        {
            gate.Open();
        }

        Assert.Equal([0, 1, 2], (await WorkersOf(held.Select(one => one.Pending))).Order());
        Assert.True((await pool.ShutdownAsync().Guarded()).Ended);
        Assert.All(pool.Workers, worker => Assert.Equal(ControllerState.Stopped, worker.State));
    }

    [Fact]
    public async Task Resize_OfADrainingPool_HelpsToDrainIt()
    {
        ControllerPool pool = StartPool(1, PoolRouting.RoundRobin);
        (Gate first, Pending _) = await HoldOneAsync(pool);
        Gate second = NewGate();
        Pending onSecond = pool.Dispatch("hold", second);
        Task<ShutdownReport> ending = pool.ShutdownAsync();

        pool.Resize(2);
        await second.Entered;
        second.Open();
        Assert.Equal(1, await WorkerOf(onSecond));
        first.Open();

        Assert.Equal(2, (await ending.Guarded()).Completed);
        Assert.All(pool.Workers, worker => Assert.Equal(ControllerState.Stopped, worker.State));
    }

    [Theory]
    [InlineData(ShutdownMode.Finish)]
    [InlineData(ShutdownMode.Abort)]
    public async Task Resize_OfAStoppedPool_CountsAfterTheNextRun(ShutdownMode mode)
    {
        ControllerPool pool = StartPool(2, PoolRouting.RoundRobin);
        await pool.ShutdownAsync(mode).Guarded();

        pool.Resize(4);
        pool.Resize(3);
        Assert.Equal(ControllerState.Stopped, pool.State);
        pool.Run();

        Assert.Equal(3, pool.Workers.Count);
        Assert.All(pool.Workers, worker => Assert.Equal(ControllerState.Running, worker.State));
        await WorkersOf(Enumerable.Range(0, 9).Select(_ => pool.Dispatch("who")));
    }

    [Theory]
    [InlineData(ShutdownMode.Drain)]
    [InlineData(ShutdownMode.Abort)]
    public async Task NewWorker_OfAStoppedPool_RefusesEventsUntilTheNextRun(ShutdownMode mode)
    {
        ControllerPool pool = StartPool(1, PoolRouting.PlainRoundRobin);
        await pool.ShutdownAsync(mode).Guarded();

        pool.Resize(2);
        Assert.Throws<ControllerClosedException>(() => pool.Workers[1].Dispatch("who"));
        Assert.Throws<ControllerClosedException>(() => pool.Dispatch("who"));
        pool.Run();

        Assert.Equal(1, await WorkerOf(pool.Workers[1].Dispatch("who")));
    }

    [Theory]
    [InlineData(PoolRouting.RoundRobin)]
    [InlineData(PoolRouting.PlainRoundRobin)]
    [InlineData(PoolRouting.ConsistentHash)]
    public async Task Resize_BeforeRun_LosesNoEventOfAWorkerThatLeaves(PoolRouting routing)
    {
        ControllerPool pool = Runtime.CreatePool(
            4,
            options =>
            {
                options.Routing = routing;
                options.HashKey = (_, value) => value!;
                options.Mapping.On("who", session => session.WorkerIndex);
            }
        );
        Pending[] queued = [.. Enumerable.Range(0, 20).Select(n => pool.Dispatch("who", n))];

        pool.Resize(1);
        pool.Run();

        Assert.All(await WorkersOf(queued), worker => Assert.Equal(0, worker));
    }

    [Fact]
    public async Task Resize_WhenAWorkerStarts_IsHeeded()
    {
        ControllerPool pool = null!;
        int starts = 0;
        pool = Runtime.CreatePool(
            2,
            options =>
            {
                options.Mapping.On("who", session => session.WorkerIndex);
                options.Adapters.Add(
                    new DelegateAdapter(context =>
                        context.Lifecycle.OnStarting(() =>
                        {
                            if (Interlocked.Increment(ref starts) == 1)
                            {
                                pool.Resize(4);
                                pool.Resize(3);
                            }
                        })
                    )
                );
            }
        );

        pool.Run();
        await pool.ReadyAsync().Guarded();

        Assert.Equal(3, pool.Workers.Count);
        Assert.All(pool.Workers, worker => Assert.Equal(ControllerState.Running, worker.State));
        await WorkersOf(Enumerable.Range(0, 9).Select(_ => pool.Dispatch("who")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NewWorker_TakesThePlaceOfOneThatEndedBeforeItsHandler_WhenThatHasEnded(bool killed)
    {
        ControllerPool pool = StartPool(2, PoolRouting.PlainRoundRobin);
        Controller leaving = pool.Workers[1];
        Gate gate = NewGate();
        Pending left = leaving.Dispatch("hold", gate);
        await gate.Entered;
        await MarkerAsync();
        pool.Resize(1);
        pool.Resize(2);
        if (killed)
        {
            leaving.Ref.Tell(Kill.Instance, ActorRefs.NoSender);
            await leaving.WaitAsync().Guarded();
        }
        else
        {
            await leaving.ShutdownAsync(ShutdownMode.Abort).Guarded();
        }

        Assert.Equal(killed ? PendingStatus.Closed : PendingStatus.Cancelled, left.Status);
        await NewWorkerBeginsAsync(pool, gate);
    }

    [Fact]
    public async Task NewWorker_OfThePoolsNextRun_TakesThePlaceOfOneThatAnAbortLeftItsHandler_WhenThatHasEnded()
    {
        ControllerPool pool = StartPool(2, PoolRouting.PlainRoundRobin);
        Gate gate = NewGate();
        Pending left = pool.Workers[1].Dispatch("hold", gate);
        await gate.Entered;
        await MarkerAsync();
        await pool.ShutdownAsync(ShutdownMode.Abort).Guarded();
        Assert.Equal(PendingStatus.Cancelled, left.Status);
        pool.Resize(1);
        pool.Run();
        pool.Resize(2);
        await NewWorkerBeginsAsync(pool, gate);
    }

    [Fact]
    public async Task WorkerThatIsResizedAway_WhileItWaitsForAPlaceAndIsShutDown_Ends()
    {
        ControllerPool pool = StartPool(2, PoolRouting.PlainRoundRobin);
        Gate gate = NewGate();
        Pending held = pool.Workers[1].Dispatch("hold", gate);
        await gate.Entered;
        pool.Resize(1);
        pool.Resize(2);
        Task<ShutdownReport> ending = pool.Workers[1].ShutdownAsync();
        await MarkerAsync();
        Assert.False(ending.IsCompleted);

        pool.Resize(1);

        Assert.True((await ending.Guarded()).Ended);
        gate.Open();
        Assert.Equal(1, await WorkerOf(held));
        await pool.WaitForIdleAsync().Guarded();
    }

    [Fact]
    public async Task WorkerThatIsResizedAway_WhileItsShutdownIsVetoed_EndsAllTheSame()
    {
        Gate vetoing = NewGate();
        ControllerPool pool = StartPool(
            2,
            PoolRouting.PlainRoundRobin,
            options =>
                options.Mapping.On(
                    ControllerEvents.Shutdown,
                    async session =>
                    {
                        await vetoing.PassAsync();
                        session.Skip();
                    }
                )
        );
        Controller leaving = pool.Workers[1];
        Task<ShutdownReport> ending = leaving.ShutdownAsync();
        await vetoing.Entered;

        pool.Resize(1);
        pool.Resize(2);
        vetoing.Open();

        Assert.True((await ending.Guarded()).Ended);
        Assert.Equal(1, await WorkerOf(pool.Workers[1].Dispatch("who")));
        await pool.ShutdownAsync(ShutdownMode.Finish).Guarded();
    }

    /// <summary>
    /// The new worker 1 waits for the handler that its predecessor left behind, and begins when that has ended.
    /// </summary>
    private async Task NewWorkerBeginsAsync(ControllerPool pool, Gate gate)
    {
        Pending queued = pool.Workers[1].Dispatch("who");
        await MarkerAsync();
        Assert.Equal(PendingStatus.Queued, queued.Status);

        gate.Open();

        Assert.Equal(1, await WorkerOf(queued));
        await pool.WaitForIdleAsync().Guarded();
    }
}
