using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests.Pools;

/// <summary>A pool that fails or is ended by its host, while its next run begins or its size changes.</summary>
public sealed class EndOfPoolTests : PoolTestBase
{
    private readonly List<IControllerLifecycle> _lifecycles = [];

    [Fact]
    public async Task Run_ByAWaiterOfAFailedPool_BeginsARunThatLasts()
    {
        ControllerPool pool = StartPool(1, PoolRouting.RoundRobin, NoteLifecycles);
        (Gate gate, Pending _) = await HoldOneAsync(pool);
        Pending queued = pool.Dispatch("who");
        Task firstEnd = pool.WaitAsync();
        Task? secondEnd = null;
        queued.WhenSettled(_ =>
        {
            pool.Run();
            secondEnd = pool.WaitAsync();
        });

        Fail(0);

        Assert.Equal(PendingStatus.ChildLost, await queued.StatusAsync());
        await firstEnd.Guarded();
        gate.Open();
        Assert.Equal(0, await WorkerOf(pool.Dispatch("who")));
        ActorProbe probe = new(Runtime.System);
        pool.Ref.Tell(new ControllerEvent("who"), probe.Ref);
        Assert.Single(await probe.ExpectAsync<IReadOnlyList<object?>>());
        Assert.False(secondEnd!.IsCompleted);

        await Runtime.DisposeAsync().AsTask().Guarded();
        Assert.Equal(ControllerState.Stopped, pool.State);
        await secondEnd.Guarded();
    }

    [Theory]
    [InlineData(PoolRouting.RoundRobin)]
    [InlineData(PoolRouting.Broadcast)]
    public async Task SuspendWhileSomeWorkersHaveEnded_LeavesNoneSuspendedInTheNextRun(PoolRouting routing)
    {
        ControllerPool pool = StartPool(2, routing);
        Gate gate = NewGate();
        _ = pool.Workers[0].Dispatch("hold", gate);
        await gate.Entered;
        Task<ShutdownReport> ending = pool.ShutdownAsync(ShutdownMode.Finish);
        await pool.Workers[1].WaitAsync().Guarded();
        await pool.SuspendAsync().Guarded();
        gate.Open();
        await ending.Guarded();

        Assert.All(pool.Workers, worker => Assert.Equal(ControllerState.Stopped, worker.State));
        pool.Run();

        Assert.Equal(ControllerState.Running, pool.State);
        Assert.All(pool.Workers, worker => Assert.Equal(ControllerState.Running, worker.State));
    }

    [Fact]
    public async Task Suspension_EndsWithAPoolThatFails()
    {
        ControllerPool pool = StartPool(2, PoolRouting.RoundRobin, NoteLifecycles);
        await pool.SuspendAsync().Guarded();
        Fail(0);
        await pool.Workers[0].WaitAsync().Guarded();
        Fail(1);
        await pool.WaitAsync().Guarded();
        Assert.Equal(ControllerState.Failed, pool.State);

        pool.Run();

        Assert.Equal(ControllerState.Running, pool.State);
        Assert.All(pool.Workers, worker => Assert.Equal(ControllerState.Running, worker.State));
    }

    [Fact]
    public async Task Resize_ThatMeetsTheEndOfTheHost_ClosesWhatItCannotMove()
    {
        Action? end = null;
        ControllerPool pool = Runtime.CreatePool(
            4,
            options =>
            {
                options.Routing = PoolRouting.ConsistentHash;
                options.HashKey = (_, value) =>
                {
                    Interlocked.Exchange(ref end, null)?.Invoke();
                    return value!;
                };
                options.Mapping.On("who", session => session.WorkerIndex);
            }
        );
        Pending[] queued = [.. Enumerable.Range(0, 20).Select(n => pool.Dispatch("who", n))];
        end = () =>
        {
            Task terminated = Runtime.System.Terminate();
            Assert.True(SpinWait.SpinUntil(() => terminated.IsCompleted, HangGuard.Limit));
        };

        pool.Resize(1);

        Assert.Equal(ControllerState.Stopped, pool.State);
        Assert.All(
            await Task.WhenAll(queued.Select(pending => pending.StatusAsync())),
            status => Assert.Equal(PendingStatus.Closed, status)
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Resize_ThatMeetsTheFailureOfThePool_SaysSoOfWhatItCannotMove(bool poolHasHeard)
    {
        Action? end = null;
        ControllerPool pool = StartPool(
            2,
            PoolRouting.ConsistentHash,
            options =>
            {
                NoteLifecycles(options);
                options.HashKey = (_, _) =>
                {
                    Interlocked.Exchange(ref end, null)?.Invoke();
                    return 0;
                };
            }
        );
        Gate gate = NewGate();
        _ = pool.Workers[1].Dispatch("hold", gate);
        await gate.Entered;
        pool.Resize(1);
        pool.Resize(2);

        // Its worker waits for the end of the one that had its place, so it goes to another one when the pool shrinks
        // again.
        Pending queued = pool.Workers[1].Dispatch("who");
        end = () =>
        {
            Fail(0);
            Assert.True(
                !poolHasHeard || SpinWait.SpinUntil(() => pool.State == ControllerState.Failed, HangGuard.Limit)
            );
        };

        pool.Resize(1);

        Assert.Equal(PendingStatus.ChildLost, await queued.StatusAsync());
        await pool.WaitAsync().Guarded();
        Assert.Equal(ControllerState.Failed, pool.State);
    }

    private void NoteLifecycles(PoolOptions options) =>
        options.Adapters.Add(new DelegateAdapter(context => _lifecycles.Add(context.Lifecycle)));

    private void Fail(int worker) =>
        _lifecycles[worker]
            .Fail(
                new TestFailureException(),
                EventOutcome.ChildLost(key => new ChildLostException($"The child of '{key}' is gone."))
            );
}
