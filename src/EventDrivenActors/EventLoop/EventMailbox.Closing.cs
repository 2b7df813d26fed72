namespace EventDrivenActors.EventLoop;

/// <summary>The facets of the mailbox that ordinary events never touch: waiting for room, closing, cleaning.</summary>
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

    /// <summary>Settles all queued events, also while a consumer is stuck in a handler.</summary>
    /// <returns>How many there were.</returns>
    public int SettleQueued(EventOutcome outcome)
    {
        Enter();
        List<Pending> pendings = [];
        int posts = 0;
        long from = _single ? Volatile.Read(ref _taking.Taken) : ClaimRest();
        Collect(_read.AsSpan(), (int)(from - _taking.Base), (int)(_taking.Limit - _taking.Base), _taking.Base);
        Collect(_write.AsSpan(), 0, _adding.Count, _adding.Added - _adding.Count);
        Volatile.Write(ref _dropped, _adding.Added);
        if (!_single)
        {
            // All that was queued is this thread's now, so its places can be freed; those before are still being taken out, perhaps.
            _read.AsSpan((int)(from - _taking.Base), (int)(_taking.Limit - from)).Clear();
            _write.AsSpan(0, _adding.Count).Clear();
            _adding.Count = 0;
            Volatile.Write(ref _taking.Taken, _adding.Added);
            _taking.Base = _adding.Added;
            Volatile.Write(ref _taking.Limit, _adding.Added);
        }

        AdmitWaiting();
        Exit();
        ReleaseWaiters();
        return posts + pendings.Count(pending => pending.TrySettleQueued(outcome));

        void Collect(ReadOnlySpan<QueuedEvent> items, int from, int to, long before)
        {
            // What was cleaned before stays in its place until its turn comes; it does not count again.
            for (int i = (int)Math.Max(from, Math.Min(to, _dropped - before)); i < to; i++)
            {
                // Without exclusion the consumer may take an item meanwhile: the pending's own status decides who was first.
                QueuedEvent item = items[i];
                if (item.Pending is { } pending)
                {
                    pendings.Add(pending);
                }
                else if (item.IsPost)
                {
                    posts++;
                }
            }
        }
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
            if (waiter.TrySetResult(AddResult.Added))
            {
                Append(waiter.Item);
            }
        }
    }

    private sealed class RoomWaiter(QueuedEvent item)
    {
        private readonly TaskCompletionSource<AddResult> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public QueuedEvent Item => item;

        public bool TrySetResult(AddResult result) => _source.TrySetResult(result);

        public async ValueTask<AddResult> WaitAsync(CancellationToken cancellationToken)
        {
            using CancellationTokenRegistration registration =
                cancellationToken.Register(() => _source.TrySetCanceled(cancellationToken));
            return await _source.Task.ConfigureAwait(false);
        }
    }
}
