using System.Runtime.CompilerServices;

namespace EventDrivenActors.EventLoop;

/// <summary>The parts of the mailbox that ordinary events never touch: waiting for room, closing, cleaning.</summary>
internal sealed partial class EventMailbox
{
    private Queue<RoomWaiter>? _waiting;

    /// <summary>Adds the event now, or as soon as there is room; room is given in the order of the calls.</summary>
    /// <returns>Gives <see cref="AddResult.Added"/> or <see cref="AddResult.Closed"/>.</returns>
    public ValueTask<AddResult> AddWhenRoom(QueuedEvent item, CancellationToken cancellationToken)
    {
        AddResult result = Add(item);
        if (result != AddResult.Full)
        {
            return new ValueTask<AddResult>(result);
        }

        RoomWaiter waiter = new(item);
        Enter();
        (_waiting ??= new Queue<RoomWaiter>()).Enqueue(waiter);
        AdmitWaiting();
        IEventConsumer? consumer = _adding.Added > Left ? Call() : null;
        bool closed = !_open;
        Exit();
        consumer?.Wake();
        if (closed)
        {
            waiter.TrySetResult(AddResult.Closed);
        }

        return waiter.WaitAsync(cancellationToken);
    }

    /// <summary>Refuses events from now on.</summary>
    public void Close()
    {
        Enter();
        _open = false;
        RoomWaiter[] waiting = _waiting?.ToArray() ?? [];
        _waiting = null;
        Exit();
        foreach (RoomWaiter waiter in waiting)
        {
            waiter.TrySetResult(AddResult.Closed);
        }
    }

    public void Reopen()
    {
        Enter();
        _open = true;
        Exit();
    }

    /// <summary>
    /// Settles all queued events, also while a consumer is stuck in a handler. What is counted never runs, and what
    /// runs is not counted.
    /// </summary>
    /// <returns>How many there were, the loop's own and the parts of others left out.</returns>
    public int SettleQueued(EventOutcome outcome) => Drop().Settle(outcome);

    /// <summary>
    /// As <see cref="SettleQueued"/>, for a caller that holds a lock and settles the events after it.
    /// </summary>
    public DroppedEvents Drop()
    {
        Enter();
        List<Pending> pendings = [];
        int posts = 0;
        if (_adding.Added > Left)
        {
            long from = _single ? DropQueued() : ClaimRest();
            Collect(_read, from - _taking.Base, _taking.Limit - _taking.Base);
            Collect(_write, Math.Max(0, from - _taking.Limit), _adding.Count);
            if (!_single)
            {
                ForgetFrom(from);
            }
        }

        AdmitWaiting();
        Exit();
        ReleaseWaiters();
        return new DroppedEvents(pendings, posts);

        void Collect(QueuedEvent[] items, long from, long to)
        {
            for (long i = from; i < to; i++)
            {
                QueuedEvent item = items[i];
                if (item.Pending is { } pending)
                {
                    pendings.Add(pending);
                }
                else if (item.IsPost)
                {
                    posts++;
                }
                else if (items[i].IsFree)
                {
                    // The consumer has just taken it out, with all before it.
                    _droppedFrom = _taking.Base + i + 1;
                }
            }
        }
    }

    /// <summary>Takes all that is queued, to give it to another mailbox. For one without a consumer.</summary>
    public QueuedEvent[] TakeQueued()
    {
        Enter();
        long from = _taking.Taken;
        QueuedEvent[] items =
        [
            .. _read.AsSpan((int)(from - _taking.Base), (int)(_taking.Limit - from)),
            .. _write.AsSpan(0, _adding.Count),
        ];
        ForgetFrom(from);
        Exit();
        ReleaseWaiters();
        return items;
    }

    /// <summary>
    /// Removes an event that has been settled in the queue, so that its place is free at once. Only a bounded mailbox
    /// has places.
    /// </summary>
    /// <returns>Whether it was here.</returns>
    public bool Remove(Pending pending)
    {
        if (capacity is null)
        {
            return false;
        }

        Enter();
        IEventConsumer? consumer = null;
        bool removed = TryRemove(pending);
        if (removed)
        {
            AdmitWaiting();
            consumer = IsEmpty ? null : Call();
        }

        Exit();
        consumer?.Wake();
        ReleaseWaiters();
        return removed;
    }

    /// <summary>
    /// Tells a single consumer, which may be taking an event at this moment, that all queued events are dropped.
    /// </summary>
    /// <returns>How many have been taken, or dropped before.</returns>
    /// <remarks>
    /// A consumer empties the place, says how many it has taken, and then checks whether that event is dropped. After
    /// the barrier it has either said so already, or it will check and find a post among the dropped ones, for which it
    /// waits in <see cref="WasCleaned"/>. So it starts no post meanwhile. A post whose place is empty runs, and any
    /// other does not.
    /// </remarks>
    private long DropQueued()
    {
        long dropped = _dropped;
        Volatile.Write(ref _dropped, _adding.Added);
        Interlocked.MemoryBarrierProcessWide();
        long taken = Volatile.Read(ref _taking.Taken);
        _droppedFrom = taken <= dropped ? _droppedFrom : taken;
        return Math.Max(taken, dropped);
    }

    /// <summary>Whether the post that was taken last had been cleaned; waits for a cleaning under way.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool WasCleaned(long taken)
    {
        Enter();
        bool cleaned = taken > _droppedFrom && taken <= _dropped;
        Exit();
        return cleaned;
    }

    /// <summary>
    /// All events from a number on have left and no other consumer takes them, so their places are freed; earlier ones
    /// may still be being taken out.
    /// </summary>
    private void ForgetFrom(long from)
    {
        _read.AsSpan((int)(from - _taking.Base), (int)(_taking.Limit - from)).Clear();
        _write.AsSpan(0, _adding.Count).Clear();
        _adding.Count = 0;
        Volatile.Write(ref _taking.Taken, _adding.Added);
        _taking.Base = _adding.Added;
        Volatile.Write(ref _taking.Limit, _adding.Added);
    }

    /// <summary>Closes the gap from the front: what was queued before moves back by one place.</summary>
    private bool TryRemove(Pending pending)
    {
        int left = (int)(_taking.Limit - _taking.Taken);
        int first = (int)(_taking.Taken - _taking.Base);
        int at = IndexOf(_read.AsSpan(first, left), pending);
        int behind = at < 0 ? IndexOf(_write.AsSpan(0, _adding.Count), pending) : -1;
        if (at < 0 && behind < 0)
        {
            return false;
        }

        long number = at >= 0 ? _taking.Taken + at : _taking.Limit + behind;
        if (behind >= 0)
        {
            if (left == 0)
            {
                Swap();
                (at, behind, first) = (behind, -1, 0);
            }
            else
            {
                Array.Copy(_write, 0, _write, 1, behind);
                at = left - 1;
                _write[0] = _read[first + at];
            }
        }

        Array.Copy(_read, first, _read, first + 1, at);
        _read[first] = default;
        Volatile.Write(ref _taking.Taken, _taking.Taken + 1);
        ShiftWaiters(number);
        return true;
    }

    private static int IndexOf(ReadOnlySpan<QueuedEvent> items, Pending pending)
    {
        for (int i = 0; i < items.Length; i++)
        {
            if (ReferenceEquals(items[i].Pending, pending))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Takes all that is left in the buffer that is read.</summary>
    /// <returns>How many had been taken before.</returns>
    private long ClaimRest()
    {
        while (true)
        {
            long taken = Volatile.Read(ref _taking.Taken);
            if (Interlocked.CompareExchange(ref _taking.Taken, _taking.Limit, taken) == taken)
            {
                return taken;
            }
        }
    }

    private void AdmitWaiting()
    {
        while (_waiting is { Count: > 0 } && _adding.Added - Left < capacity && _open)
        {
            RoomWaiter waiter = _waiting.Dequeue();
            if (waiter.TrySetResult(AddResult.Added) && waiter.Item.Pending is null or { Status: PendingStatus.Queued })
            {
                Append(waiter.Item);
            }
        }
    }

    private sealed class RoomWaiter(QueuedEvent item)
    {
        private readonly TaskCompletionSource<AddResult> _source = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );

        public QueuedEvent Item => item;

        public bool TrySetResult(AddResult result) => _source.TrySetResult(result);

        public async ValueTask<AddResult> WaitAsync(CancellationToken cancellationToken)
        {
            using CancellationTokenRegistration registration = cancellationToken.Register(() =>
                _source.TrySetCanceled(cancellationToken)
            );
            return await _source.Task.ConfigureAwait(false);
        }
    }
}
