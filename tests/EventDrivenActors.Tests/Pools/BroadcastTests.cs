using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests.Pools;

public sealed class BroadcastTests : PoolTestBase
{
    [Fact]
    public async Task Event_GivesTheResultsOfAllWorkersInTheirOrder()
    {
        ControllerPool pool = StartPool(
            4,
            PoolRouting.Broadcast,
            options => options.Mapping.On("who", session => $"again {session.WorkerIndex}")
        );

        Assert.Equal([0, "again 0", 1, "again 1", 2, "again 2", 3, "again 3"], await pool.Dispatch("who").Guarded());
    }

    [Fact]
    public async Task OneFailingWorker_FaultsTheEventWithItsException()
    {
        TestFailureException failure = new();
        Journal<int> ran = new();
        ControllerPool pool = StartPool(
            4,
            PoolRouting.Broadcast,
            options =>
                options.Mapping.On(
                    "one fails",
                    session =>
                    {
                        ran.Add(session.WorkerIndex);
                        return session.WorkerIndex == 2 ? Throw(failure) : null;
                    }
                )
        );

        Assert.Same(
            failure,
            await Assert.ThrowsAsync<TestFailureException>(() => pool.Dispatch("one fails").Guarded())
        );
        Assert.Equal([0, 1, 2, 3], ran.Entries.Order());
        Assert.Equal([0, 1, 2, 3], await pool.Dispatch("who").Guarded());
    }

    [Fact]
    public async Task SkippedByAll_IsSkipped_AndBySomeOnly_GivesTheOthersResults()
    {
        ControllerPool pool = StartPool(
            3,
            PoolRouting.Broadcast,
            options =>
                options.Mapping.Before(session =>
                {
                    if (session.Value is "all" || (session.Value is "first" && session.WorkerIndex == 0))
                    {
                        session.Skip();
                    }
                })
        );

        Assert.Equal(PendingStatus.Skipped, await pool.Dispatch("who", "all").StatusAsync());
        Assert.Equal([1, 2], await pool.Dispatch("who", "first").Guarded());
        Assert.Empty(await pool.Dispatch("nobody knows it").Guarded());
    }

    [Fact]
    public async Task Cancel_ReachesThePartsThatRunAndThoseThatWait()
    {
        Journal<int> started = new();
        ControllerPool pool = StartPool(
            4,
            PoolRouting.Broadcast,
            options =>
                options.Mapping.On(
                    "long",
                    async session =>
                    {
                        started.Add(session.WorkerIndex);
                        await Task.Delay(Timeout.InfiniteTimeSpan, session.CancellationToken);
                    }
                )
        );
        Gate gate = NewGate();
        Pending alone = pool.Workers[3].Dispatch("hold", gate);
        await gate.Entered;
        Pending pending = pool.Dispatch("long");
        await started.WaitForAsync(3);

        Assert.True(pending.Cancel());

        gate.Open();
        Assert.Equal(PendingStatus.Cancelled, await pending.StatusAsync());
        Assert.Equal(PendingStatus.Completed, await alone.StatusAsync());
        await pool.WaitForIdleAsync().Guarded();
        Assert.Equal([0, 1, 2], started.Entries.Order());
    }

    [Fact]
    public async Task Handler_ThatDispatchesToAll_GetsASettledPending()
    {
        Journal<Pending> sent = new();
        ControllerPool pool = StartPool(
            2,
            PoolRouting.Broadcast,
            options =>
                options.Mapping.On(
                    "ask",
                    session =>
                    {
                        if (session.WorkerIndex == 0)
                        {
                            sent.Add(session.Pool!.Dispatch("who"));
                        }
                    }
                )
        );

        pool.Post("ask");

        Assert.Equal([0, 1], await Assert.Single(await sent.WaitForAsync(1)).Guarded());
    }

    [Fact]
    public async Task FailingPost_RaisesErrorOnEachWorker()
    {
        Journal<int> errors = new();
        ControllerPool pool = StartPool(
            3,
            PoolRouting.Broadcast,
            options =>
                options
                    .Mapping.On("bad", _ => Throw(new TestFailureException()))
                    .On(ControllerEvents.Error, (session, _) => errors.Add(session.WorkerIndex))
        );

        pool.Post("bad");

        Assert.Equal([0, 1, 2], (await errors.WaitForAsync(3)).Order());
    }

    /// <summary>P1: "Skipped" is what a before hook skips, and not the part of a worker that has left.</summary>
    [Fact]
    public async Task PartOfAWorkerThatLeaves_IsLeftOut()
    {
        ControllerPool pool = Runtime.CreatePool(2, options => options.Routing = PoolRouting.Broadcast);
        Pending unmapped = pool.Dispatch("nobody maps it");
        pool.Resize(1);

        pool.Run();

        Assert.Equal(PendingStatus.Completed, await unmapped.StatusAsync());
    }

    [Fact]
    public async Task Tell_IsAnsweredOnceWithTheResultsOfAll()
    {
        ActorProbe probe = new(Runtime.System);
        ControllerPool pool = StartPool(3, PoolRouting.Broadcast);

        pool.Ref.Tell(new ControllerEvent("who"), probe.Ref);
        Assert.Equal([0, 1, 2], await probe.ExpectAsync<IReadOnlyList<object?>>());

        await pool.ShutdownAsync().Guarded();
        Assert.Throws<ControllerClosedException>(() => pool.Dispatch("who"));
    }
}
