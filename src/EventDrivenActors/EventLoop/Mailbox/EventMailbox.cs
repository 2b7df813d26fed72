namespace EventDrivenActors.EventLoop.Mailbox;

/// <summary>
/// The queue of events: a double buffer, one of three ways of taking from it, and the idle consumers, all under one
/// short spin lock, which is the buffer's.
/// </summary>
/// <remarks>
/// Any thread adds. The way of taking is chosen once: a single consumer just takes, several workers claim one event
/// after the other, and a bounded mailbox takes under the lock.
/// </remarks>
internal sealed partial class EventMailbox
{
    private readonly EventBuffer _buffer;
    private readonly IdleConsumers _idle;

    // One of them is there.
    private readonly OwnTaking? _own;
    private readonly SharedTaking? _shared;
    private readonly BoundedTaking? _bounded;

    // Under the buffer's lock; the count is read without it.
    private Queue<QueuedEvent>? _urgent;
    private int _urgentCount;
    private bool _open = true;

    // Any thread. The waiters are made for the first one, and stay.
    private TakenWaiters? _waiters;
    private int _lingers;

    public EventMailbox(int? capacity = null, QueueFullMode fullMode = QueueFullMode.Wait, bool shared = false)
    {
        _buffer = new EventBuffer(claimed: shared && capacity is null);
        _own = !shared && capacity is null ? new OwnTaking(_buffer) : null;
        _bounded = capacity is { } limit ? new BoundedTaking(_buffer, limit, fullMode) : null;
        _idle = new IdleConsumers(_buffer, shared);
        _shared = shared && capacity is null ? new SharedTaking(_buffer, _idle) : null;
    }

    /// <summary>How many events were ever added.</summary>
    public long Added => _buffer.Added;

    public bool IsEmpty => Left >= Added && Volatile.Read(ref _urgentCount) == 0;

    /// <summary>How many events have left, one way or another.</summary>
    public long Left => _own is null ? _buffer.Taken : _own.Left;

    /// <param name="item">The event.</param>
    /// <param name="force">Whether to add it also to a closed mailbox, and to a full one.</param>
    /// <param name="anyway">Whether to add it also to a full one.</param>
    public AddResult Add(QueuedEvent item, bool force = false, bool anyway = false)
    {
        if (_bounded is not null)
        {
            return AddBounded(_bounded, item, force, anyway);
        }

        _buffer.Enter();
        if (!_open && !force)
        {
            _buffer.Exit();
            return AddResult.Closed;
        }

        _buffer.Append(item);
        IEventConsumer? consumer = _idle.Next();
        _buffer.Exit();
        consumer?.Wake();
        return AddResult.Added;
    }

    /// <summary>
    /// Adds posts of one key, or pendings where there is no key, without a gap. Where events are dropped, each one is
    /// treated as if it had come alone.
    /// </summary>
    public AddResult AddMany(object? key, ReadOnlySpan<object?> values)
    {
        List<Pending>? dropped = null;
        IEventConsumer? consumer = null;
        _buffer.Enter();
        AddResult result =
            !_open ? AddResult.Closed
            : _bounded?.Takes(values.Length) == false ? AddResult.Full
            : AddResult.Added;
        if (result == AddResult.Added)
        {
            foreach (object? value in values)
            {
                QueuedEvent item = key is null ? new QueuedEvent((Pending)value!) : new QueuedEvent(key, value);
                Pending? victim = null;
                if (_bounded is null || _bounded.MakeRoom(out victim) == AddResult.Added)
                {
                    _buffer.Append(item);
                }
                else
                {
                    victim = item.Pending;
                }

                if (victim is not null)
                {
                    (dropped ??= []).Add(victim);
                }
            }

            consumer = values.IsEmpty ? null : _idle.Next();
        }

        _buffer.Exit();
        dropped?.ForEach(static pending => pending.TrySettleQueued(EventOutcome.Cancelled));
        consumer?.Wake();
        if (_bounded is not null)
        {
            // The oldest may have left without being taken.
            ReleaseWaiters();
        }

        return result;
    }

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
        _buffer.Enter();
        _bounded!.Add(waiter);
        AdmitWaiters();
        IEventConsumer? consumer = Added > Left ? _idle.Next() : null;
        bool closed = !_open;
        _buffer.Exit();
        consumer?.Wake();
        if (closed)
        {
            waiter.TrySetResult(AddResult.Closed);
        }

        return waiter.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Adds an event that runs before all queued ones and needs no room: what the loop itself raises.
    /// </summary>
    public void AddUrgent(QueuedEvent item)
    {
        _buffer.Enter();
        (_urgent ??= new Queue<QueuedEvent>()).Enqueue(item);
        Volatile.Write(ref _urgentCount, _urgent.Count);
        IEventConsumer? consumer = _idle.Next();
        _buffer.Exit();
        consumer?.Wake();
    }

    /// <summary>Refuses events from now on.</summary>
    public void Close()
    {
        _buffer.Enter();
        _open = false;
        RoomWaiter[] waiters = _bounded?.TakeWaiters() ?? [];
        _buffer.Exit();
        foreach (RoomWaiter waiter in waiters)
        {
            waiter.TrySetResult(AddResult.Closed);
        }
    }

    public void Reopen()
    {
        _buffer.Enter();
        _open = true;
        _buffer.Exit();
    }

    private AddResult AddBounded(BoundedTaking bounded, QueuedEvent item, bool force, bool anyway)
    {
        Pending? dropped = null;
        _buffer.Enter();
        AddResult result = !_open && !force ? AddResult.Closed : AddResult.Added;
        if (result != AddResult.Added || item.Pending is { Status: not PendingStatus.Queued })
        {
            // An event that has settled before it is queued would take up a place.
            _buffer.Exit();
            return result;
        }

        if (!force && !anyway && (result = bounded.MakeRoom(out dropped)) != AddResult.Added)
        {
            _buffer.Exit();
            (result == AddResult.Dropped ? item.Pending : null)?.TrySettleQueued(EventOutcome.Cancelled);
            return result;
        }

        _buffer.Append(item);
        IEventConsumer? consumer = _idle.Next();
        _buffer.Exit();
        dropped?.TrySettleQueued(EventOutcome.Cancelled);
        consumer?.Wake();

        // The oldest may have left without being taken.
        ReleaseWaiters();
        return result;
    }

    /// <summary>Under the buffer's lock.</summary>
    private void AdmitWaiters()
    {
        if (_open)
        {
            _bounded?.AdmitWaiters();
        }
    }
}
