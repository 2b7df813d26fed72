using System.Runtime.CompilerServices;

namespace EventDrivenActors.EventLoop;

/// <summary>The queue of events: a double buffer, swapped under a short spin lock, and a set of idle consumers under the same lock.</summary>
/// <remarks>
/// Any thread adds. With one consumer and no capacity, taking from the read buffer needs no lock; a bounded mailbox, and one that
/// several workers share, takes under the lock (exclusive).
/// </remarks>
internal sealed partial class EventMailbox(int? capacity = null, QueueFullMode fullMode = QueueFullMode.Wait, bool shared = false)
{
    private const int Pause = 5;
    private static readonly int Looks = Environment.ProcessorCount > 1 ? 50 : 0;
    private readonly bool _exclusive = shared || capacity is not null;
    private IdleConsumers _idle;
    private QueuedEvent[] _write = [];
    private QueuedEvent[] _read = [];
    private long _dropped;
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

    public AddResult Add(QueuedEvent item, bool force = false)
    {
        Pending? victim = null;
        Enter();
        if (!_open && !force)
        {
            Exit();
            return AddResult.Closed;
        }

        AddResult result = AddResult.Added;
        if (capacity is { } limit && !force && _adding.Added - Left >= limit)
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
        IEventConsumer? consumer = _idle.Take();
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

    /// <summary>Adds posts of one key, or without a key pendings, without a gap.</summary>
    public AddResult AddMany(object? key, ReadOnlySpan<object?> values)
    {
        Enter();
        AddResult result = !_open ? AddResult.Closed
            : capacity is { } limit && _adding.Added - Left + values.Length > limit ? AddResult.Full : AddResult.Added;
        IEventConsumer? consumer = null;
        if (result == AddResult.Added)
        {
            foreach (object? value in values)
            {
                Append(key is null ? new QueuedEvent((Pending)value!) : new QueuedEvent(key, value));
            }

            consumer = values.IsEmpty ? null : _idle.Take();
        }

        Exit();
        consumer?.Wake();
        return result;
    }

    /// <summary>Adds an event that runs before all queued ones and needs no room: what the loop itself raises.</summary>
    public void AddUrgent(QueuedEvent item)
    {
        Enter();
        (_urgent ??= new Queue<QueuedEvent>()).Enqueue(item);
        Volatile.Write(ref _urgentCount, _urgent.Count);
        IEventConsumer? consumer = _idle.Take();
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

    /// <summary>Waits a moment for an event where none is queued: behind a batch more is likely to come, and being woken costs more.</summary>
    public void Linger()
    {
        for (int look = 0; look < Looks && _taking.Index == _taking.Count && IsEmpty; look++)
        {
            Thread.SpinWait(Pause);
        }
    }

    /// <summary>Takes the next event of the buffer that is read, if it has one and may be taken without the lock.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTakeReady(out QueuedEvent item, out bool dropped)
    {
        if (_exclusive || Volatile.Read(ref _urgentCount) != 0 || _taking.Index >= _taking.Count)
        {
            item = default;
            dropped = false;
            return false;
        }

        TakeFromRead(out item);

        // Whoever cleans at this instant may have missed an event that is just being taken: a pending knows itself whether it was.
        dropped = _taking.Taken <= Volatile.Read(ref _dropped) && item.Pending is null;
        if (_hasWaiters)
        {
            ReleaseWaiters();
        }

        return true;
    }

    /// <summary>Takes the next event, or registers the consumer as idle.</summary>
    /// <param name="consumer">Who takes; woken by the next add when the result is false.</param>
    /// <param name="item">The event when the result is true.</param>
    /// <param name="dropped">Whether a post was cleaned away before it was taken.</param>
    public bool TryTake(IEventConsumer consumer, out QueuedEvent item, out bool dropped)
    {
        if (TryTakeReady(out item, out dropped))
        {
            return true;
        }

        Enter();
        dropped = false;
        if (_urgentCount > 0)
        {
            item = _urgent!.Dequeue();
            Volatile.Write(ref _urgentCount, _urgent.Count);
            Exit();
            return true;
        }

        bool taken = TakeLocked(out item);
        if (taken)
        {
            dropped = _taking.Taken <= _dropped && item.Pending is null;
            AdmitWaiting();
        }
        else
        {
            _idle.Add(consumer);
        }

        // A worker that takes one of several events leaves work behind for an idle one.
        IEventConsumer? next = taken && shared && _taking.Count - _taking.Index + _adding.Count > 0 ? _idle.Take() : null;
        Exit();
        next?.Wake();
        if (_hasWaiters)
        {
            ReleaseWaiters();
        }

        return taken;
    }

    /// <summary>Registers a consumer as idle without its taking part; wakes one when there is something to do.</summary>
    public void Enlist(IEventConsumer consumer)
    {
        Enter();
        _idle.Add(consumer);
        IEventConsumer? next = IsEmpty ? null : _idle.Take();
        Exit();
        next?.Wake();
    }

    /// <summary>Takes a consumer out of the idle ones. When it was woken meanwhile, its turn goes to the next.</summary>
    public void Leave(IEventConsumer consumer)
    {
        Enter();
        bool wasIdle = _idle.Remove(consumer);
        IEventConsumer? next = !wasIdle && !IsEmpty ? _idle.Take() : null;
        Exit();
        next?.Wake();
    }

    private void Append(QueuedEvent item)
    {
        if (_adding.Count == _write.Length)
        {
            Array.Resize(ref _write, Math.Max(4, _write.Length * 2));
        }

        _write[_adding.Count++] = item;
        Volatile.Write(ref _adding.Added, _adding.Added + 1);
    }

    private bool TakeLocked(out QueuedEvent item)
    {
        if (_taking.Index == _taking.Count)
        {
            if (_adding.Count == 0)
            {
                item = default;
                return false;
            }

            (_read, _write) = (_write, _read);
            _taking.Count = _adding.Count;
            _adding.Count = 0;
            _taking.Base = _taking.Taken;
        }

        TakeFromRead(out item);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void TakeFromRead(out QueuedEvent item)
    {
        ref QueuedEvent slot = ref _read[_taking.Index];
        item = slot;
        slot = default;
        Volatile.Write(ref _taking.Taken, _taking.Taken + 1);
    }

    private void Enter()
    {
        SpinWait spin = default;
        while (Interlocked.CompareExchange(ref _adding.Lock, 1, 0) != 0)
        {
            // Whoever holds the lock keeps it for some instructions, so sleeping a millisecond is never worth it.
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    private void Exit() => Volatile.Write(ref _adding.Lock, 0);
}
