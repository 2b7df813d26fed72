using Akka.Routing;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests.Pools;

public sealed class ConsistentHashTests : PoolTestBase
{
    [Fact]
    public async Task EventsOfOneKey_GoToOneWorkerInOrder()
    {
        Journal<(int Key, int Number, int Worker)> journal = new();
        ControllerPool pool = StartPool(
            4,
            PoolRouting.ConsistentHash,
            options =>
            {
                foreach (int key in Enumerable.Range(0, 32))
                {
                    options.Mapping.On(
                        key,
                        async session =>
                        {
                            await Task.Yield();
                            journal.Add((key, (int)session.Value!, session.WorkerIndex));
                        }
                    );
                }
            }
        );

        foreach (int number in Enumerable.Range(0, 50))
        {
            foreach (int key in Enumerable.Range(0, 32))
            {
                pool.Post(key, number);
            }
        }

        foreach (
            IGrouping<int, (int Key, int Number, int Worker)> one in (await journal.WaitForAsync(1600)).GroupBy(entry =>
                entry.Key
            )
        )
        {
            Assert.Single(one.Select(entry => entry.Worker).Distinct());
            Assert.Equal(Enumerable.Range(0, 50), one.Select(entry => entry.Number));
        }

        Assert.True(journal.Entries.Select(entry => entry.Worker).Distinct().Count() > 1);
    }

    [Fact]
    public async Task Capacity_IsThatOfEachWorkersQueue()
    {
        ControllerPool pool = StartPool(
            2,
            PoolRouting.ConsistentHash,
            options =>
            {
                options.Capacity = 2;
                options.HashKey = (_, _) => "one worker";
            }
        );
        (Gate gate, Pending held) = await HoldOneAsync(pool);
        Pending[] queued = [pool.Dispatch("who"), pool.Dispatch("who")];
        Assert.Throws<QueueFullException>(() => pool.Dispatch("who"));
        Task<Pending> waiting = pool.DispatchAsync("who").AsTask();
        Assert.False(waiting.IsCompleted);
        queued[0].Cancel();
        Pending admitted = await waiting.Guarded();
        gate.Open();

        Assert.Equal(await WorkerOf(held), await WorkerOf(queued[1]));
        Assert.Equal(await WorkerOf(held), await WorkerOf(admitted));
    }

    [Theory]
    [InlineData(PoolRouting.PlainRoundRobin)]
    [InlineData(PoolRouting.SmallestMailbox)]
    public async Task Capacity_OfARoutingWithoutKeys_IsThatOfAllQueues(PoolRouting routing)
    {
        ControllerPool pool = StartPool(2, routing, options => options.Capacity = 1);
        (Gate first, Pending _) = await HoldOneAsync(pool);
        (Gate second, Pending _) = await HoldOneAsync(pool);
        Pending[] queued = [pool.Dispatch("who"), pool.Dispatch("who")];
        Assert.Throws<QueueFullException>(() => pool.Dispatch("who"));
        Task<Pending> waiting = pool.DispatchAsync("who").AsTask();
        first.Open();
        second.Open();

        Assert.Equal([0, 1], (await WorkersOf(queued)).Order());
        await WorkerOf(await waiting.Guarded());
    }

    [Fact]
    public async Task ValueThatIsHashable_DecidesTheWorker()
    {
        ControllerPool pool = StartPool(8, PoolRouting.ConsistentHash);
        IReadOnlyList<int>[] workers = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(customer =>
                    WorkersOf(Enumerable.Range(0, 4).Select(_ => pool.Dispatch("who", new Order(customer))))
                )
        );

        Assert.All(workers, ofOne => Assert.Single(ofOne.Distinct()));
        Assert.True(workers.Select(ofOne => ofOne[0]).Distinct().Count() > 1);
    }

    [Fact]
    public async Task HashKey_SeesKeyAndValue_AndWinsOverTheValue()
    {
        Journal<(object Key, object? Value)> asked = new();
        ControllerPool pool = StartPool(
            8,
            PoolRouting.ConsistentHash,
            options =>
                options.HashKey = (key, value) =>
                {
                    asked.Add((key, value));
                    return "all the same";
                }
        );
        Order[] orders = [.. Enumerable.Range(0, 50).Select(customer => new Order(customer))];

        IReadOnlyList<int> workers = await WorkersOf(
            orders.Select(order => pool.Dispatch(new EventKey<Order, int>("who"), order))
        );

        Assert.Single(workers.Distinct());
        Assert.Equal(orders.Select(order => ((object)"who", (object?)order)), asked.Entries);
    }

    [Fact]
    public async Task HashKeyThatGivesNothing_LeavesItToTheValue()
    {
        ControllerPool pool = StartPool(8, PoolRouting.ConsistentHash, options => options.HashKey = (_, _) => null!);

        IReadOnlyList<int> workers = await WorkersOf(
            Enumerable.Range(0, 50).Select(customer => pool.Dispatch("who", new Order(customer)))
        );

        Assert.True(workers.Distinct().Count() > 1);
    }

    [Fact]
    public async Task Resize_MovesOnlyTheKeysOfWorkersThatComeOrGo()
    {
        ControllerPool pool = StartPool(4, PoolRouting.ConsistentHash);
        IReadOnlyList<int> with4 = await SpreadAsync(pool);

        pool.Resize(5);
        IReadOnlyList<int> with5 = await SpreadAsync(pool);
        pool.Resize(3);
        IReadOnlyList<int> with3 = await SpreadAsync(pool);

        Assert.All(with4.Zip(with5), pair => Assert.True(pair.First == pair.Second || pair.Second == 4));
        Assert.Contains(4, with5);
        Assert.All(with5.Zip(with3), pair => Assert.True(pair.First >= 3 || pair.First == pair.Second));
        Assert.All(with3, worker => Assert.InRange(worker, 0, 2));
        pool.Resize(4);
        Assert.Equal(with4, await SpreadAsync(pool));
    }

    /// <summary>
    /// P10: on its way from a worker that leaves to another one, an event is in neither queue, and it is queued all the
    /// same.
    /// </summary>
    [Fact]
    public async Task Resize_OfAPoolThatDoesNotRunYet_KeepsWhatItMovesQueued()
    {
        ControllerPool pool = null!;
        Journal<bool> idle = new();
        bool resizes = false;
        pool = Runtime.CreatePool(
            2,
            options =>
            {
                options.Routing = PoolRouting.ConsistentHash;
                options.Mapping.On("x", _ => 1);
                options.HashKey = (_, value) =>
                {
                    if (resizes)
                    {
                        idle.Add(pool.IsIdle);
                    }

                    return value!;
                };
            }
        );
        int value = 0;
        Pending queued = pool.Dispatch("x", value);
        while (pool.Workers[1].IsIdle)
        {
            // The worker that stays has it.
            pool.Clean();
            queued = pool.Dispatch("x", ++value);
        }

        Task taken = pool.PendingAsync();

        resizes = true;
        pool.Resize(1);

        Assert.False(Assert.Single(idle.Entries));
        Assert.False(taken.IsCompleted);
        pool.Run();
        await taken.Guarded();
        await queued.Guarded();
        await pool.WaitForIdleAsync().Guarded();
        Assert.True(pool.IsIdle);
    }

    private static Task<IReadOnlyList<int>> SpreadAsync(ControllerPool pool) =>
        WorkersOf(Enumerable.Range(0, 400).Select(customer => pool.Dispatch("who", new Order(customer))));

    private sealed record Order(int Customer) : IConsistentHashable
    {
        public object ConsistentHashKey => Customer;
    }
}
