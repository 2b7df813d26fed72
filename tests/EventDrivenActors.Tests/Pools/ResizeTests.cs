using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests.Pools;

public sealed partial class ResizeTests : PoolTestBase
{
    [Theory]
    [InlineData(PoolRouting.RoundRobin)]
    [InlineData(PoolRouting.PlainRoundRobin)]
    [InlineData(PoolRouting.SmallestMailbox)]
    [InlineData(PoolRouting.ConsistentHash)]
    public async Task Resize_UnderLoad_LosesNothingAndRunsNothingTwice(PoolRouting routing)
    {
        const int Events = 4000;
        int[] runs = new int[Events];
        ControllerPool pool = StartPool(
            2,
            routing,
            options =>
            {
                options.HashKey = (_, value) => value!;
                options.Mapping.On(
                    "x",
                    async session =>
                    {
                        int number = (int)session.Value!;
                        if (number % 3 == 0)
                        {
                            await Task.Yield();
                        }

                        Interlocked.Increment(ref runs[number]);
                        return number;
                    }
                );
            }
        );
        Task<Pending[]> sending = Task.Run(() =>
            Enumerable.Range(0, Events).Select(number => pool.Dispatch("x", number)).ToArray()
        );
        foreach (int size in Enumerable.Range(0, 60).Select(round => 1 + (round * 5 % 8)))
        {
            pool.Resize(size);
            await MarkerAsync();
        }

        Pending[] pendings = await sending.Guarded();
        IReadOnlyList<object?>[] results = await Task.WhenAll(pendings.Select(pending => pending.AsTask())).Guarded();

        Assert.Equal(Enumerable.Range(0, Events), results.Select(result => (int)result[0]!));
        Assert.All(runs, times => Assert.Equal(1, times));
        await pool.WaitForIdleAsync().Guarded();
    }

    [Fact]
    public async Task LeavingWorker_EndsItsEvent_AndThePoolIsNotIdleBefore()
    {
        ControllerPool pool = StartPool(2, PoolRouting.RoundRobin);
        (Gate first, Pending onFirst) = await HoldOneAsync(pool);
        (Gate second, Pending onSecond) = await HoldOneAsync(pool);

        pool.Resize(1);
        Assert.Single(pool.Workers);
        first.Open();
        Assert.Equal(0, await WorkerOf(onFirst));
        Assert.Equal(0, await WorkerOf(pool.Dispatch("who")));
        Task idle = pool.WaitForIdleAsync();
        await MarkerAsync();
        Assert.False(pool.IsIdle);
        Assert.False(idle.IsCompleted);
        second.Open();

        Assert.Equal(1, await WorkerOf(onSecond));
        await idle.Guarded();
        Assert.True(pool.IsIdle);
    }

    [Fact]
    public async Task LeavingWorker_IsDrainedByTheShutdownOfThePool()
    {
        ControllerPool pool = StartPool(2, PoolRouting.RoundRobin);
        (Gate first, Pending _) = await HoldOneAsync(pool);
        (Gate second, Pending onSecond) = await HoldOneAsync(pool);
        pool.Resize(1);
        first.Open();

        Task<ShutdownReport> ending = pool.ShutdownAsync();
        await MarkerAsync();
        Assert.False(ending.IsCompleted);
        second.Open();

        Assert.Equal(0, (await ending.Guarded()).Cancelled);
        Assert.Equal(PendingStatus.Completed, onSecond.Status);
    }

    [Fact]
    public async Task LeavingWorker_IsAbortedWithThePool()
    {
        ControllerPool pool = StartPool(2, PoolRouting.RoundRobin);
        (Gate _, Pending onFirst) = await HoldOneAsync(pool);
        (Gate _, Pending onSecond) = await HoldOneAsync(pool);
        pool.Resize(1);

        await Time.DriveAsync(pool.ShutdownAsync(ShutdownMode.Abort)).Guarded();

        Assert.Equal(PendingStatus.Cancelled, onFirst.Status);
        Assert.Equal(PendingStatus.Cancelled, onSecond.Status);
    }

    [Fact]
    public async Task LeavingWorker_HasAllTheTimeThatItsEventNeeds()
    {
        ControllerPool pool = StartPool(2, PoolRouting.RoundRobin);
        (Gate first, Pending _) = await HoldOneAsync(pool);
        (Gate second, Pending onSecond) = await HoldOneAsync(pool);
        pool.Resize(1);

        Time.Advance(TimeSpan.FromHours(1));
        await MarkerAsync();
        Assert.Equal(PendingStatus.Running, onSecond.Status);
        first.Open();
        second.Open();

        Assert.Equal(1, await WorkerOf(onSecond));
    }
}
