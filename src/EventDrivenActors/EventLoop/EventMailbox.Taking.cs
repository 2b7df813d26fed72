using System.Runtime.CompilerServices;

namespace EventDrivenActors.EventLoop;

/// <summary>Taking: from the buffer that is read without the lock, and under it when that is empty.</summary>
internal sealed partial class EventMailbox
{
    private const int Pause = 3;

    /// <summary>Fewer events than this are not worth a swap of the buffers in the middle of a batch.</summary>
    private const int Few = 16;
    private static readonly int Looks = Environment.ProcessorCount > 1 ? 50 : 0;

    private int _lingers;

    /// <summary>
    /// Waits a moment where little is queued: after a batch more is likely to come, and both a wake-up and a swap of
    /// the buffers for a few events cost more.
    /// </summary>
    /// <remarks>One consumer at a time waits for the first event.</remarks>
    public void Linger()
    {
        if (_single && Added - _taking.Taken is > 0 and < Few)
        {
            Thread.SpinWait(Pause);
            return;
        }

        // Where the buffer has more, nothing is read that producers write, because each event would fetch that from
        // their processor.
        if (
            Volatile.Read(ref _taking.Taken) < Volatile.Read(ref _taking.Limit)
            || !IsEmpty
            || Interlocked.Exchange(ref _lingers, 1) != 0
        )
        {
            return;
        }

        for (int look = 0; look < Looks && IsEmpty; look++)
        {
            Thread.SpinWait(Pause);
        }

        Volatile.Write(ref _lingers, 0);
    }

    /// <summary>
    /// Takes the next event of the buffer that is read, if there is only one consumer and the buffer has one.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTakeReady(out QueuedEvent item, out bool dropped)
    {
        if (!_single || Volatile.Read(ref _urgentCount) != 0 || _taking.Taken >= _taking.Limit)
        {
            item = default;
            dropped = false;
            return false;
        }

        item = QueuedEvent.TakeFrom(ref _read[_taking.Taken - _taking.Base]);
        Volatile.Write(ref _taking.Taken, _taking.Taken + 1);

        // A pending knows itself whether it was cleaned.
        dropped = _taking.Taken <= Volatile.Read(ref _dropped) && item.Pending is null && WasCleaned(_taking.Taken);
        if (_hasWaiters)
        {
            ReleaseWaiters();
        }

        return true;
    }

    /// <summary>Takes the next event, or registers the consumer as idle.</summary>
    /// <param name="consumer">The consumer; woken by the next add when the result is false.</param>
    /// <param name="item">The event when the result is true.</param>
    /// <param name="dropped">Whether a post was cleaned away before it was taken.</param>
    public bool TryTake(IEventConsumer consumer, out QueuedEvent item, out bool dropped)
    {
        if (TryTakeReady(out item, out dropped))
        {
            return true;
        }

        bool taken = _claimed
            ? ClaimOrRest(consumer, out item, out dropped)
            : TakeOrRest(consumer, out item, out dropped);
        if (_hasWaiters)
        {
            ReleaseWaiters();
        }

        return taken;
    }

    /// <summary>Takes an event beside other workers, without the lock where the buffer that is read has one.</summary>
    private bool ClaimOrRest(IEventConsumer consumer, out QueuedEvent item, out bool dropped)
    {
        if (!ReferenceEquals(_taking.Last, consumer))
        {
            TakeOver(consumer);
        }

        // An idle worker must first say that it is active; otherwise it would be called while it handles an event, in
        // place of the others.
        dropped = false;
        if (!consumer.Rests && Volatile.Read(ref _urgentCount) == 0 && TryClaim(out item))
        {
            return true;
        }

        return TakeOrRest(consumer, out item, out dropped);
    }

    private void TakeOver(IEventConsumer consumer)
    {
        if (!ReferenceEquals(_adding.Called, consumer) || _adding.TakenWhenCalled != Volatile.Read(ref _taking.Taken))
        {
            LetOthersTake();
        }

        _taking.Last = consumer;
    }

    /// <summary>
    /// Stands back while another worker takes one event after the other at once: the queue is then the limit, not the
    /// handlers, and competing for it only slows it down.
    /// </summary>
    private void LetOthersTake()
    {
        long seen = Volatile.Read(ref _taking.Taken);
        for (int look = 0; look < Looks; look++)
        {
            Thread.SpinWait(Pause << Math.Min(look, 3));
            long now = Volatile.Read(ref _taking.Taken);
            if (now == seen)
            {
                return;
            }

            seen = now;
            Thread.Yield();
        }
    }

    /// <summary>Takes under the lock, where also the buffers are swapped and idle consumers known.</summary>
    private bool TakeOrRest(IEventConsumer consumer, out QueuedEvent item, out bool dropped)
    {
        dropped = false;
        Enter();
        Came(consumer);
        bool taken = _urgentCount > 0;
        if (taken)
        {
            item = _urgent!.Dequeue();
            Volatile.Write(ref _urgentCount, _urgent.Count);
        }
        else if (taken = TakeLocked(out item))
        {
            dropped = _taking.Taken <= _dropped && _taking.Taken > _droppedFrom && item.Pending is null;
            AdmitWaiting();
        }
        else
        {
            Rest(consumer);
        }

        if (taken && shared)
        {
            Rise(consumer);
        }

        // A worker that takes one of several events leaves work behind for an idle one.
        IEventConsumer? next = taken && !IsEmpty ? Call() : null;
        Exit();
        next?.Wake();
        return taken;
    }

    private bool TakeLocked(out QueuedEvent item)
    {
        while (!TryClaim(out item))
        {
            if (_adding.Count == 0)
            {
                return false;
            }

            Swap();
        }

        return true;
    }

    private void Swap()
    {
        (_read, _write) = (_write, _read);
        _taking.Base = _taking.Taken;
        int count = _adding.Count;
        _adding.Count = 0;

        // Last: a thread that sees the new limit sees the new buffer.
        Volatile.Write(ref _taking.Limit, _taking.Base + count);
    }

    /// <summary>Takes the next event of the buffer that is read, against other workers.</summary>
    private bool TryClaim(out QueuedEvent item)
    {
        while (true)
        {
            long taken = Volatile.Read(ref _taking.Taken);
            if (taken >= Volatile.Read(ref _taking.Limit))
            {
                item = default;
                return false;
            }

            // These were read for this limit or a later one. In the latter case other workers have taken everything up
            // to this limit, and the exchange fails.
            QueuedEvent[] read = _read;
            long first = _taking.Base;
            if (Interlocked.CompareExchange(ref _taking.Taken, taken + 1, taken) == taken)
            {
                item = QueuedEvent.TakeFrom(ref read[taken - first]);
                return true;
            }
        }
    }
}
