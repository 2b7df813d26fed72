using System.Runtime.CompilerServices;

namespace EventDrivenActors.EventLoop.Mailbox;

/// <summary>Taking for the only consumer of an unbounded mailbox: it just takes, without the lock.</summary>
internal sealed class OwnTaking(EventBuffer buffer)
{
    // Written under the buffer's lock, read by the consumer.
    private long _dropped;

    // Under the buffer's lock.
    private long _droppedFrom;

    /// <summary>How many events have left, taken or dropped.</summary>
    public long Left => Math.Max(buffer.Taken, Volatile.Read(ref _dropped));

    /// <summary>Takes the next event of the buffer that is read, if there is one.</summary>
    /// <param name="item">The event when the result is true.</param>
    /// <param name="dropped">Whether it is a post that was dropped before it was taken.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(out QueuedEvent item, out bool dropped)
    {
        if (!buffer.TryTakeAlone(out item, out long taken))
        {
            dropped = false;
            return false;
        }

        // A pending knows itself whether it was dropped.
        dropped = taken <= Volatile.Read(ref _dropped) && item.Pending is null && IsDroppedAfterAll(taken);
        return true;
    }

    /// <summary>
    /// Pauses where little is queued: after a batch more is likely to come, and a swap of the buffers for a few events
    /// costs more.
    /// </summary>
    /// <returns>Whether something is queued.</returns>
    public bool PauseForMore()
    {
        if (buffer.Added - buffer.Taken is not (> 0 and < MailboxTuning.WorthASwap))
        {
            return false;
        }

        Thread.SpinWait(MailboxTuning.Pause);
        return true;
    }

    /// <summary>Whether the event that was taken last is a post that was dropped. Under the buffer's lock.</summary>
    public bool IsDropped(in QueuedEvent item) => item.Pending is null && IsDropped(buffer.Taken);

    /// <summary>Drops all that is queued, also while the consumer takes. Under the buffer's lock.</summary>
    /// <remarks>
    /// A consumer empties the place, says how many it has taken, and then checks whether that event is dropped. After
    /// the barrier it has either said so already, or it will check and find a post among the dropped ones, for which it
    /// waits for the lock. So it starts no post meanwhile. A post whose place is empty runs, and any other does not.
    /// </remarks>
    public DroppedEvents Drop()
    {
        DroppedEvents events = default;
        if (buffer.Added <= Left)
        {
            return events;
        }

        long before = _dropped;
        Volatile.Write(ref _dropped, buffer.Added);
        Interlocked.MemoryBarrierProcessWide();
        long taken = buffer.Taken;
        _droppedFrom = taken <= before ? _droppedFrom : taken;
        for (long number = Math.Max(taken, before); number < buffer.Added; number++)
        {
            ref readonly QueuedEvent place = ref buffer.At(number);
            if (!events.Add(place) && place.IsFree)
            {
                // The consumer has just taken it out, with all before it.
                _droppedFrom = number + 1;
            }
        }

        return events;
    }

    /// <summary>Waits for a drop under way.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsDroppedAfterAll(long taken)
    {
        buffer.Enter();
        bool dropped = IsDropped(taken);
        buffer.Exit();
        return dropped;
    }

    private bool IsDropped(long taken) => taken > _droppedFrom && taken <= _dropped;
}
