using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests.Pools;

/// <content>Sizes of suspended pools, and workers that wait for their place.</content>
public sealed partial class ResizeTests
{
    [Fact]
    public async Task LeavingWorker_OfASuspendedPool_RunsItsQueueAfterResume()
    {
        ControllerPool pool = StartPool(2, PoolRouting.PlainRoundRobin);
        await pool.SuspendAsync().Guarded();
        Pending[] queued = [pool.Dispatch("who"), pool.Dispatch("who")];

        pool.Resize(1);
        Assert.All(queued, pending => Assert.Equal(PendingStatus.Queued, pending.Status));
        pool.Resume();

        Assert.Equal([0, 1], await WorkersOf(queued));
    }

    [Fact]
    public async Task NewWorker_OfASuspendedPool_WaitsForResume()
    {
        ControllerPool pool = StartPool(1, PoolRouting.RoundRobin);
        await pool.SuspendAsync().Guarded();
        pool.Resize(3);
        Pending[] queued = [.. Enumerable.Range(0, 5).Select(_ => pool.Dispatch("who"))];
        await MarkerAsync();
        Assert.All(queued, pending => Assert.Equal(PendingStatus.Queued, pending.Status));

        pool.Resume();

        await WorkersOf(queued);
    }

    [Fact]
    public async Task NewWorkers_BesideOnesThatLeave_TakeAnEventForEachThatHasEnded()
    {
        ControllerPool pool = StartPool(4, PoolRouting.RoundRobin);
        List<Gate> gates = [];
        for (int i = 0; i < 4; i++)
        {
            gates.Add((await HoldOneAsync(pool)).Gate);
        }

        for (int i = 0; i < 3; i++)
        {
            pool.Resize(1);
            pool.Resize(4);
        }

        Assert.Equal(4, pool.Workers.Count);
        Assert.All(pool.Workers, worker => Assert.Equal(ControllerState.Running, worker.State));
        Gate[] next = [.. Enumerable.Range(0, 4).Select(_ => NewGate())];
        Pending[] queued = [.. next.Select(gate => pool.Dispatch("hold", gate))];
        await MarkerAsync();
        Assert.All(next, gate => Assert.False(gate.IsEntered));

        for (int i = 0; i < 4; i++)
        {
            gates[i].Open();
            await next[i].Entered;
            await MarkerAsync();
            Assert.Equal(i + 1, next.Count(gate => gate.IsEntered));
        }

        foreach (Gate gate in next)
        {
            gate.Open();
        }

        Assert.Equal([0, 1, 2, 3], (await WorkersOf(queued)).Order());
        await pool.WaitForIdleAsync().Guarded();
    }

    [Theory]
    [InlineData(PoolRouting.RoundRobin)]
    [InlineData(PoolRouting.PlainRoundRobin)]
    [InlineData(PoolRouting.SmallestMailbox)]
    [InlineData(PoolRouting.ConsistentHash)]
    public async Task NewWorkerThatWaits_TakesThePlaceThatTheNextResizeGives(PoolRouting routing)
    {
        ControllerPool pool = StartPool(3, routing);
        IReadOnlyList<Controller> first = pool.Workers;
        Gate[] gates = [NewGate(), NewGate(), NewGate()];
        Pending[] held = [.. first.Select((worker, i) => worker.Dispatch("hold", gates[i]))];
        await Task.WhenAll(gates.Select(gate => gate.Entered)).Guarded();
        pool.Resize(1);
        pool.Resize(2);
        gates[1].Open();
        await first[1].WaitAsync().Guarded();
        Pending queued = pool.Workers[1].Dispatch("who");
        await MarkerAsync();
        Assert.Equal(PendingStatus.Queued, queued.Status);

        pool.Resize(3);

        Assert.Equal(1, await WorkerOf(queued));
        gates[0].Open();
        gates[2].Open();
        Assert.Equal([0, 1, 2], await WorkersOf(held));
        Assert.Equal(2, await WorkerOf(pool.Workers[2].Dispatch("who")));
        await pool.WaitForIdleAsync().Guarded();
    }

    [Theory]
    [InlineData(PoolRouting.RoundRobin)]
    [InlineData(PoolRouting.PlainRoundRobin)]
    [InlineData(PoolRouting.SmallestMailbox)]
    [InlineData(PoolRouting.ConsistentHash)]
    public async Task Resize_WhileHandlersSuspend_RunsAtMostTheLargestSize(PoolRouting routing)
    {
        int running = 0;
        int most = 0;
        ControllerPool pool = StartPool(
            4,
            routing,
            options =>
            {
                options.HashKey = (_, value) => value!;
                options.Mapping.On(
                    "x",
                    async session =>
                    {
                        int now = Interlocked.Increment(ref running);
                        InterlockedMax(ref most, now);
                        for (int i = 0; i < 20; i++)
                        {
                            await Task.Yield();
                        }

                        Interlocked.Decrement(ref running);
                    }
                );
            }
        );
        Pending[] pendings = [.. Enumerable.Range(0, 400).Select(n => pool.Dispatch("x", n))];
        for (int i = 0; pendings.Any(pending => !pending.IsSettled); i++)
        {
            pool.Resize(1 + (i % 4));
            await Task.Yield();
        }

        await Task.WhenAll(pendings.Select(pending => pending.AsTask())).Guarded();
        Assert.InRange(most, 1, 4);
    }

    [Fact]
    public async Task Resize_ByManyThreads_EndsWithOneOfTheirSizes()
    {
        ControllerPool pool = StartPool(2, PoolRouting.RoundRobin);

        await Crowd.RunAsync(
            6,
            thread =>
            {
                for (int i = 0; i < 20; i++)
                {
                    pool.Resize(1 + ((thread + i) % 5));
                    Assert.InRange(pool.Workers.Count, 1, 5);
                }
            }
        );

        pool.Resize(5);
        Assert.Equal(5, pool.Workers.Count);
        Assert.All(pool.Workers, worker => Assert.Equal(ControllerState.Running, worker.State));
        await WorkersOf(Enumerable.Range(0, 20).Select(_ => pool.Dispatch("who")));
        await pool.WaitForIdleAsync().Guarded();
    }

    [Fact]
    public async Task Resize_InAHandler_IsHeeded()
    {
        ControllerPool pool = null!;
        pool = StartPool(
            1,
            PoolRouting.RoundRobin,
            options => options.Mapping.On("grow", session => pool.Resize((int)session.Value!))
        );

        await pool.Dispatch("grow", 3).Guarded();
        Assert.Equal(3, pool.Workers.Count);
        await pool.Dispatch("grow", 1).Guarded();

        Assert.Equal(0, await WorkerOf(pool.Dispatch("who")));
    }

    private static void InterlockedMax(ref int most, int now)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < now)
        {
            Interlocked.CompareExchange(ref most, now, seen);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void ResizeToNothing_IsRefused(int workers)
    {
        ControllerPool pool = StartPool(2, PoolRouting.RoundRobin);

        Assert.Contains(
            $"'{workers}'",
            Assert.Throws<ArgumentException>(() => pool.Resize(workers)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(2, pool.Workers.Count);
    }
}
