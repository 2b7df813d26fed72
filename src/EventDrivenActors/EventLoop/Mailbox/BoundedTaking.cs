namespace EventDrivenActors.EventLoop.Mailbox;

/// <summary>
/// Taking from a mailbox with a capacity: every consumer takes under the lock, so that the number of events is exact,
/// and each event that leaves gives its room to the caller that waits longest.
/// </summary>
internal sealed class BoundedTaking(EventBuffer buffer, int capacity, QueueFullMode fullMode)
{
    // Under the buffer's lock.
    private Queue<RoomWaiter>? _waiters;

    /// <summary>Whether so many events have room, or others make room for them. Under the buffer's lock.</summary>
    public bool Takes(int events) => fullMode != QueueFullMode.Wait || buffer.Added - buffer.Taken + events <= capacity;

    /// <summary>
    /// Makes room for an event where the mode says how: what it drops is the oldest event. Under the buffer's lock.
    /// </summary>
    /// <returns>How adding the event ends. It is not added here.</returns>
    public AddResult MakeRoom(out Pending? dropped)
    {
        dropped = null;
        if (HasRoom)
        {
            return AddResult.Added;
        }

        switch (fullMode)
        {
            case QueueFullMode.DropOldest:
                dropped = buffer.TryTake(out QueuedEvent oldest) ? oldest.Pending : null;
                return AddResult.Added;
            case QueueFullMode.DropNewest:
                return AddResult.Dropped;
            default:
                return AddResult.Full;
        }
    }

    /// <summary>Lets a caller wait for room. Under the buffer's lock.</summary>
    public void Add(RoomWaiter waiter) => (_waiters ??= new Queue<RoomWaiter>()).Enqueue(waiter);

    /// <summary>Adds the events of callers that wait, as far as there is room. Under the buffer's lock.</summary>
    public void AdmitWaiters()
    {
        while (_waiters is { Count: > 0 } && HasRoom)
        {
            RoomWaiter waiter = _waiters.Dequeue();
            if (waiter.TrySetResult(AddResult.Added) && waiter.Item.Pending is null or { Status: PendingStatus.Queued })
            {
                buffer.Append(waiter.Item);
            }
        }
    }

    /// <summary>Gives up all callers that wait for room. Under the buffer's lock.</summary>
    public RoomWaiter[] TakeWaiters()
    {
        RoomWaiter[] waiters = _waiters?.ToArray() ?? [];
        _waiters = null;
        return waiters;
    }

    private bool HasRoom => buffer.Added - buffer.Taken < capacity;
}
