using System.Runtime.CompilerServices;

namespace EventDrivenActors.EventLoop.Mailbox;

/// <content>Taking, idle consumers, and events that leave without being taken.</content>
internal sealed partial class EventMailbox
{
    /// <summary>
    /// Takes the next event of the buffer that is read, if there is only one consumer and the buffer has one.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTakeReady(out QueuedEvent item, out bool dropped)
    {
        if (_own is null || Volatile.Read(ref _urgentCount) != 0 || !_own.TryTake(out item, out dropped))
        {
            item = default;
            dropped = false;
            return false;
        }

        if (_waiters is not null)
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
        dropped = false;
        bool taken =
            _shared is null
                ? TryTakeReady(out item, out dropped) || TakeOrEnlist(consumer, out item, out dropped)
                : _shared.TryTake(consumer, hasUrgent: Volatile.Read(ref _urgentCount) != 0, out item)
                    || TakeOrEnlist(consumer, out item, out dropped);
        if (_waiters is not null)
        {
            ReleaseWaiters();
        }

        return taken;
    }

    /// <summary>
    /// Waits a moment where little is queued: after a batch more is likely to come, and both a wake-up and a swap of
    /// the buffers for a few events cost more.
    /// </summary>
    /// <remarks>One consumer at a time waits for the first event.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Linger()
    {
        // Where the buffer has more, nothing is read that producers write, because each event would fetch that from
        // their processor.
        if (!_buffer.HasReady)
        {
            LingerForMore();
        }
    }

    private void LingerForMore()
    {
        if (_own?.PauseForMore() == true || !IsEmpty || Interlocked.Exchange(ref _lingers, 1) != 0)
        {
            return;
        }

        for (int look = 0; look < MailboxTuning.Looks && IsEmpty; look++)
        {
            Thread.SpinWait(MailboxTuning.Pause);
        }

        Volatile.Write(ref _lingers, 0);
    }

    /// <summary>
    /// Registers a consumer as idle without its taking part; wakes one when there is something to do.
    /// </summary>
    public void Enlist(IEventConsumer consumer)
    {
        _buffer.Enter();
        _idle.Arrive(consumer);
        _idle.Add(consumer);
        IEventConsumer? next = IsEmpty ? null : _idle.Next();
        _buffer.Exit();
        next?.Wake();
    }

    /// <summary>
    /// Takes a consumer out of the idle ones. When it was woken meanwhile, its turn goes to the next.
    /// </summary>
    public void Delist(IEventConsumer consumer)
    {
        _buffer.Enter();
        _idle.Arrive(consumer);
        _idle.Remove(consumer);
        IEventConsumer? next = IsEmpty ? null : _idle.Next();
        _buffer.Exit();
        next?.Wake();
    }

    /// <summary>Completes when everything that is queued at the call has left the queue.</summary>
    public Task PendingAsync(CancellationToken cancellationToken)
    {
        Task taken = LazyInitializer.EnsureInitialized(ref _waiters, () => new TakenWaiters(_buffer)).Add();

        // Either the consumer sees the waiter after its next take, or that take is seen here.
        Interlocked.MemoryBarrierProcessWide();
        ReleaseWaiters();
        return taken.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Settles all queued events, also while a consumer is stuck in a handler. Each event is either counted here or
    /// runs, never both.
    /// </summary>
    /// <returns>How many there were, the loop's own and the parts of others left out.</returns>
    public int SettleQueued(EventOutcome outcome) => Drop().Settle(outcome);

    /// <summary>
    /// As <see cref="SettleQueued"/>, for a caller that holds a lock and settles the events after it.
    /// </summary>
    public DroppedEvents Drop()
    {
        _buffer.Enter();
        DroppedEvents events = _own?.Drop() ?? DropAll();
        AdmitWaiters();
        _buffer.Exit();
        ReleaseWaiters();
        return events;
    }

    /// <summary>Takes all that is queued, to give it to another mailbox. For one without a consumer.</summary>
    public QueuedEvent[] TakeQueued()
    {
        _buffer.Enter();
        QueuedEvent[] items = _buffer.TakeAll();
        _buffer.Exit();
        ReleaseWaiters();
        return items;
    }

    /// <summary>Takes what the loop raised and never ran.</summary>
    public QueuedEvent[] TakeUrgent()
    {
        _buffer.Enter();
        QueuedEvent[] items = _urgent?.ToArray() ?? [];
        _urgent = null;
        Volatile.Write(ref _urgentCount, 0);
        _buffer.Exit();
        return items;
    }

    /// <summary>
    /// Removes an event that has been settled in the queue, so that its place is free at once. Only a bounded mailbox
    /// has places.
    /// </summary>
    /// <returns>Whether it was here.</returns>
    public bool Remove(Pending pending)
    {
        if (_bounded is null)
        {
            return false;
        }

        _buffer.Enter();
        IEventConsumer? consumer = null;
        long number = _buffer.NumberOf(pending);
        if (number >= 0)
        {
            if (_waiters is { Any: true } waiters)
            {
                waiters.Shift(number);
            }

            _buffer.RemoveAt(number);
            AdmitWaiters();
            consumer = IsEmpty ? null : _idle.Next();
        }

        _buffer.Exit();
        consumer?.Wake();
        ReleaseWaiters();
        return number >= 0;
    }

    /// <summary>Takes under the lock, where also the buffers are swapped and idle consumers known.</summary>
    private bool TakeOrEnlist(IEventConsumer consumer, out QueuedEvent item, out bool dropped)
    {
        dropped = false;
        _buffer.Enter();
        _idle.Arrive(consumer);
        bool taken = _urgentCount > 0;
        if (taken)
        {
            item = _urgent!.Dequeue();
            Volatile.Write(ref _urgentCount, _urgent.Count);
        }
        else if (taken = _buffer.TryTake(out item))
        {
            dropped = _own?.IsDropped(item) == true;
            AdmitWaiters();
        }
        else
        {
            _idle.Add(consumer);
        }

        if (taken)
        {
            _idle.OnTaken(consumer);
        }

        // A worker that takes one of several events leaves work behind for an idle one.
        IEventConsumer? next = taken && !IsEmpty ? _idle.Next() : null;
        _buffer.Exit();
        next?.Wake();
        return taken;
    }

    /// <summary>
    /// Drops all that is queued, where consumers claim events or take them under the lock. Under the buffer's lock.
    /// </summary>
    private DroppedEvents DropAll()
    {
        DroppedEvents events = default;
        foreach (QueuedEvent item in _buffer.TakeAll())
        {
            events.Add(item);
        }

        return events;
    }

    private void ReleaseWaiters()
    {
        if (_waiters is { Any: true } waiters)
        {
            waiters.Release(Left);
        }
    }
}
