namespace EventDrivenActors.EventLoop;

/// <summary>
/// The queue of events: a double buffer, swapped under a short spin lock, and a set of idle consumers under the same
/// lock.
/// </summary>
/// <remarks>
/// Any thread adds. Taking from the read buffer needs no lock: a single consumer just takes, several workers claim one
/// event after the other. A bounded mailbox takes under the lock, so that it is exact. Facets: Taking, Calling (idle
/// consumers), Waiting (until all is taken), Closing (and what ordinary events never touch).
/// </remarks>
internal sealed partial class EventMailbox(
    int? capacity = null,
    QueueFullMode fullMode = QueueFullMode.Wait,
    bool shared = false
)
{
    private readonly bool _single = !shared && capacity is null;
    private readonly bool _claimed = shared && capacity is null;
    private QueuedEvent[] _write = [];
    private QueuedEvent[] _read = [];
    private long _dropped;
    private long _droppedFrom;
    private bool _open = true;
    private Queue<QueuedEvent>? _urgent;
    private int _urgentCount;
    private AddingSide _adding;
    private TakingSide _taking;

    /// <summary>How many events were ever added.</summary>
    public long Added => Volatile.Read(ref _adding.Added);

    /// <summary>How many of them have left, one way or another.</summary>
    public long Left => Math.Max(Volatile.Read(ref _taking.Taken), Volatile.Read(ref _dropped));

    public bool IsEmpty => Left >= Added && Volatile.Read(ref _urgentCount) == 0;

    /// <param name="item">The event.</param>
    /// <param name="force">Whether to add it also to a closed mailbox, and to a full one.</param>
    /// <param name="anyway">Whether to add it also to a full one.</param>
    public AddResult Add(QueuedEvent item, bool force = false, bool anyway = false)
    {
        Pending? victim = null;
        Enter();
        if (!_open && !force)
        {
            Exit();
            return AddResult.Closed;
        }

        AddResult result = AddResult.Added;
        if (capacity is not null && item.Pending is { Status: not PendingStatus.Queued })
        {
            // It has been settled before it was queued, and would take up a place.
            Exit();
            return result;
        }

        if (capacity is { } limit && !force && !anyway && _adding.Added - Left >= limit)
        {
            result = fullMode switch
            {
                QueueFullMode.DropOldest => AddResult.Added,
                QueueFullMode.DropNewest => AddResult.Dropped,
                _ => AddResult.Full,
            };
            if (result != AddResult.Added)
            {
                Exit();
                (result == AddResult.Dropped ? item.Pending : null)?.TrySettleQueued(EventOutcome.Cancelled);
                return result;
            }

            victim = TakeLocked(out QueuedEvent oldest) ? oldest.Pending : null;
        }

        Append(item);
        IEventConsumer? consumer = Call();
        Exit();
        victim?.TrySettleQueued(EventOutcome.Cancelled);
        consumer?.Wake();
        if (capacity is not null)
        {
            // The oldest may have left without being taken.
            ReleaseWaiters();
        }

        return result;
    }

    /// <summary>
    /// Adds posts of one key, or pendings where there is no key, without a gap. Where events are dropped, each one is
    /// treated as if it had come alone.
    /// </summary>
    public AddResult AddMany(object? key, ReadOnlySpan<object?> values)
    {
        List<Pending>? dropped = null;
        IEventConsumer? consumer = null;
        Enter();
        long room = (capacity ?? long.MaxValue) - (_adding.Added - Left);
        AddResult result =
            !_open ? AddResult.Closed
            : values.Length > room && fullMode == QueueFullMode.Wait ? AddResult.Full
            : AddResult.Added;
        if (result == AddResult.Added)
        {
            foreach (object? value in values)
            {
                QueuedEvent item = key is null ? new QueuedEvent((Pending)value!) : new QueuedEvent(key, value);
                QueuedEvent victim = default;
                if (room-- > 0 || (fullMode == QueueFullMode.DropOldest && TakeLocked(out victim)))
                {
                    Append(item);
                }
                else
                {
                    victim = item;
                }

                if (victim.Pending is { } pending)
                {
                    (dropped ??= []).Add(pending);
                }
            }

            consumer = values.IsEmpty ? null : Call();
        }

        Exit();
        dropped?.ForEach(static pending => pending.TrySettleQueued(EventOutcome.Cancelled));
        consumer?.Wake();
        if (capacity is not null)
        {
            ReleaseWaiters();
        }

        return result;
    }

    /// <summary>
    /// Adds an event that runs before all queued ones and needs no room: what the loop itself raises.
    /// </summary>
    public void AddUrgent(QueuedEvent item)
    {
        Enter();
        (_urgent ??= new Queue<QueuedEvent>()).Enqueue(item);
        Volatile.Write(ref _urgentCount, _urgent.Count);
        IEventConsumer? consumer = Call();
        Exit();
        consumer?.Wake();
    }

    /// <summary>Takes what the loop raised and never ran.</summary>
    public QueuedEvent[] TakeUrgent()
    {
        Enter();
        QueuedEvent[] items = _urgent?.ToArray() ?? [];
        _urgent = null;
        Volatile.Write(ref _urgentCount, 0);
        Exit();
        return items;
    }

    private void Append(QueuedEvent item)
    {
        if (_adding.Count == _write.Length)
        {
            Array.Resize(ref _write, Math.Max(4, _write.Length * 2));
        }

        ref QueuedEvent place = ref _write[_adding.Count++];
        if (_claimed)
        {
            AwaitFree(ref place);
        }

        place = item;
        Volatile.Write(ref _adding.Added, _adding.Added + 1);
    }

    /// <summary>Waits for a worker that has claimed the event that was here before, and is taking it out.</summary>
    private static void AwaitFree(ref QueuedEvent place)
    {
        SpinWait spin = default;
        while (!place.IsFree)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    private void Enter()
    {
        SpinWait spin = default;
        while (Interlocked.CompareExchange(ref _adding.Lock, 1, 0) != 0)
        {
            // The lock is held for a few instructions only, so sleeping a millisecond is never worth it.
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    private void Exit() => Volatile.Write(ref _adding.Lock, 0);
}
