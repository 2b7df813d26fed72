using EventDrivenActors.EventLoop;
using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors.Pools;

/// <summary>Takes in a pool's events, and gives each to the queue that its routing says.</summary>
internal sealed class PoolIntake(
    PoolOptions options,
    EventMailbox queue,
    PoolMembers members,
    PoolCounts counts,
    PoolOwner owner
)
{
    private readonly PoolRouter _router = new(options);
    private readonly Refusals _refusals = new(owner, "pool", options.Capacity, options.ThrowWhenSuspended);

    public void Accept(QueuedEvent item)
    {
        if (options.ThrowWhenSuspended)
        {
            _refusals.ThrowIfSuspended(item.Key);
        }

        if (options.Routing == PoolRouting.RoundRobin)
        {
            AddResult result = queue.Add(item);
            if (result != AddResult.Added)
            {
                _refusals.ThrowIfRefused(result, item.Key);
            }

            return;
        }

        _refusals.ThrowIfEnded(item.Key);
        if (options.Routing == PoolRouting.Broadcast)
        {
            Broadcast(item);
        }
        else
        {
            object key = item.Key;
            _refusals.ThrowIfRefused(AddToOne(item), key);
        }
    }

    public void AcceptMany(object? key, ReadOnlySpan<object?> items)
    {
        if (items.IsEmpty)
        {
            return;
        }

        object named = key ?? ((Pending)items[0]!).Key;
        if (options.Routing == PoolRouting.RoundRobin)
        {
            _refusals.ThrowIfSuspended(named);
            _refusals.ThrowIfRefused(queue.AddMany(key, items), named);
            return;
        }

        foreach (object? item in items)
        {
            Accept(key is null ? new QueuedEvent((Pending)item!) : new QueuedEvent(key, item));
        }
    }

    public async ValueTask AcceptWhenRoomAsync(Pending pending, CancellationToken cancellationToken)
    {
        if (options.Routing == PoolRouting.Broadcast)
        {
            Accept(new QueuedEvent(pending));
            return;
        }

        _refusals.ThrowIfSuspended(pending.Key);
        if (options.Routing != PoolRouting.RoundRobin)
        {
            _refusals.ThrowIfEnded(pending.Key);
            await AddToOneWhenRoomAsync(pending, cancellationToken).ConfigureAwait(false);
            return;
        }

        AddResult result = queue.Add(new QueuedEvent(pending));
        if (result == AddResult.Full)
        {
            result = await owner
                .Waiters.AddWhenRoomAsync(queue, new QueuedEvent(pending), cancellationToken)
                .ConfigureAwait(false);
        }

        _refusals.ThrowIfRefused(result, pending.Key);
    }

    /// <summary>
    /// Adds the event to a worker's own queue. If that worker is leaving, or was killed and does not run again yet, the
    /// event goes to the next one.
    /// </summary>
    public AddResult AddToOne(QueuedEvent item, bool anyway = false)
    {
        PoolChoice choice = Choose(item);
        while (choice.Next() is { } worker)
        {
            // In a worker's own queue it waits for that worker alone, which a handler of that worker must not await.
            item.Pending?.MoveTo(worker.Loop);
            AddResult result = worker.Loop.Mailbox.Add(item, anyway: anyway);
            if (!choice.IsRefused(result))
            {
                return result;
            }
        }

        return choice.Refusal;
    }

    /// <summary>
    /// Where no worker has room, waits for room at the first one; the event goes to the next one only if that worker
    /// closes meanwhile.
    /// </summary>
    private async ValueTask AddToOneWhenRoomAsync(Pending pending, CancellationToken cancellationToken)
    {
        QueuedEvent item = new(pending);
        if (!_router.IsBound && AddToOne(item) is AddResult.Added or AddResult.Dropped)
        {
            return;
        }

        PoolChoice choice = Choose(item);
        while (choice.Next() is { } worker)
        {
            pending.MoveTo(worker.Loop);
            AddResult result = worker.Loop.Mailbox.Add(item);
            if (result == AddResult.Full)
            {
                result = await worker.Loop.AddWhenRoomAsync(item, cancellationToken).ConfigureAwait(false);
            }

            if (!choice.IsRefused(result))
            {
                return;
            }
        }

        _refusals.ThrowIfRefused(choice.Refusal, pending.Key);
    }

    private PoolChoice Choose(QueuedEvent item) =>
        new(_router, members.Workers, members.Takes, item.Key, item.Value);

    private void Broadcast(QueuedEvent item)
    {
        object key = item.Key;
        BroadcastEvent broadcast = new(owner, counts, item.Pending ?? new PostedEvent(owner, key, item.Value));
        foreach (Controller worker in members.Workers)
        {
            Pending part = broadcast.PartFor(worker.Loop);
            if (worker.Loop.Mailbox.Add(new QueuedEvent(part)) == AddResult.Closed)
            {
                broadcast.Drop(part);
            }
        }

        if (!broadcast.Begin())
        {
            _refusals.ThrowIfRefused(AddResult.Closed, key);
        }
    }
}
