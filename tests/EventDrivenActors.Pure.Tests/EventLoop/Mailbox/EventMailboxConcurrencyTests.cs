using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors.Pure.Tests.EventLoop.Mailbox;

public sealed class EventMailboxConcurrencyTests
{
    private const int Events = 60_000;
    private static readonly object End = new();
    private static readonly TimeSpan HangGuard = TestSupport.HangGuard.Limit;

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(true, 50)]
    public async Task SharedMailbox_ManyThreads_GivesEachEventOnceAndInOrder(bool cleans, int? capacity)
    {
        EventMailbox mailbox = new(capacity, QueueFullMode.Wait, shared: true);
        object[] keys = ["first", "second"];
        Worker[] workers = [.. Enumerable.Range(0, 3).Select(_ => new Worker(mailbox))];
        Task[] running = [.. workers.Select(worker => Task.Run(worker.RunAsync))];
        Task[] producing = [.. keys.Select(key => Task.Run(() => Produce(mailbox, key)))];
        int cleaned = 0;
        Task produced = Task.WhenAll(producing);
        while (!produced.IsCompleted)
        {
            cleaned += cleans ? mailbox.SettleQueued(EventOutcome.Cancelled) : 0;
            await Task.Yield();
        }

        await produced.WaitAsync(HangGuard);
        await mailbox.PendingAsync(default).WaitAsync(HangGuard);
        foreach (Worker worker in workers)
        {
            // Each worker ends with the first of these that it takes.
            await mailbox.AddWhenRoom(new QueuedEvent(End), default).AsTask().WaitAsync(HangGuard);
        }

        await Task.WhenAll(running).WaitAsync(HangGuard);
        Assert.Equal(keys.Length * Events, cleaned + workers.Sum(worker => worker.Taken.Count));
        foreach (object key in keys)
        {
            Assert.All(
                workers,
                worker =>
                    Assert.True(
                        IsAscending([.. worker.Taken.Where(taken => taken.Key == key).Select(taken => taken.Number)])
                    )
            );
            int[] all =
            [
                .. workers
                    .SelectMany(worker => worker.Taken)
                    .Where(taken => taken.Key == key)
                    .Select(taken => taken.Number)
                    .Order(),
            ];
            Assert.True(IsAscending(all), "An event was taken twice.");
        }

        Assert.True(mailbox.IsEmpty);
    }

    private static async Task Produce(EventMailbox mailbox, object key)
    {
        for (int i = 0; i < Events; i++)
        {
            await mailbox.AddWhenRoom(new QueuedEvent(key, i), default);
        }
    }

    private static bool IsAscending(int[] numbers) =>
        numbers.Zip(numbers.Skip(1)).All(pair => pair.First < pair.Second);

    private sealed class Worker(EventMailbox mailbox) : IEventConsumer
    {
        private readonly SemaphoreSlim _woken = new(0);

        public List<(object Key, int Number)> Taken { get; } = [];

        public bool IsEnlisted { get; set; }

        public void Wake() => _woken.Release();

        public async Task RunAsync()
        {
            while (true)
            {
                if (!mailbox.TryTake(this, out QueuedEvent item, out _))
                {
                    await _woken.WaitAsync();
                }
                else if (ReferenceEquals(item.Key, End))
                {
                    mailbox.Delist(this);
                    return;
                }
                else
                {
                    Taken.Add((item.Key, (int)item.Value!));
                }
            }
        }
    }
}
