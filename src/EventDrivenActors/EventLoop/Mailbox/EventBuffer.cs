using System.Runtime.CompilerServices;

namespace EventDrivenActors.EventLoop.Mailbox;

/// <summary>
/// Queued events in two buffers, which are swapped under a short spin lock. Any thread adds to the one that is written;
/// consumers take from the one that is read.
/// </summary>
/// <remarks>Events are numbered in the order in which they were added, from 0 on.</remarks>
/// <param name="claimed">Whether several consumers take without the lock.</param>
internal sealed class EventBuffer(bool claimed)
{
    // Under the lock.
    private QueuedEvent[] _write = [];
    private AddingSide _adding;

    // Consumers; swapped under the lock.
    private QueuedEvent[] _read = [];
    private TakingSide _taking;

    /// <summary>How many events were ever added.</summary>
    public long Added => Volatile.Read(ref _adding.Added);

    /// <summary>How many events have been taken.</summary>
    public long Taken => Volatile.Read(ref _taking.Taken);

    /// <summary>Whether the buffer that is read holds an event. Reads nothing that producers write.</summary>
    public bool HasReady => Volatile.Read(ref _taking.Taken) < Volatile.Read(ref _taking.Limit);

    /// <summary>Takes the lock.</summary>
    public void Enter()
    {
        SpinWait spin = default;
        while (Interlocked.CompareExchange(ref _adding.Lock, 1, 0) != 0)
        {
            // The lock is held for a few instructions only, so sleeping a millisecond is never worth it.
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    /// <summary>Gives the lock back.</summary>
    public void Exit() => Volatile.Write(ref _adding.Lock, 0);

    /// <summary>Adds an event at the end. Under the lock.</summary>
    public void Append(QueuedEvent item)
    {
        if (_adding.Count == _write.Length)
        {
            Array.Resize(ref _write, Math.Max(MailboxTuning.FirstPlaces, _write.Length * 2));
        }

        ref QueuedEvent place = ref _write[_adding.Count++];
        if (claimed)
        {
            AwaitFree(ref place);
        }

        place = item;
        Volatile.Write(ref _adding.Added, _adding.Added + 1);
    }

    /// <summary>
    /// Takes the next event of the buffer that is read, if there is one. For the only consumer, without the lock.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTakeAlone(out QueuedEvent item, out long taken)
    {
        taken = _taking.Taken;
        if (taken >= _taking.Limit)
        {
            item = default;
            return false;
        }

        item = QueuedEvent.TakeFrom(ref _read[taken - _taking.Base]);
        Volatile.Write(ref _taking.Taken, ++taken);
        return true;
    }

    /// <summary>Takes the next event of the buffer that is read, against other consumers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryClaim(out QueuedEvent item)
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

    /// <summary>Takes the next event, from whichever buffer has it. Under the lock.</summary>
    public bool TryTake(out QueuedEvent item)
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

    /// <summary>Takes all that is queued, against other consumers. Under the lock.</summary>
    public QueuedEvent[] TakeAll()
    {
        long from = ClaimReady();
        QueuedEvent[] items =
        [
            .. _read.AsSpan((int)(from - _taking.Base), (int)(_taking.Limit - from)),
            .. _write.AsSpan(0, _adding.Count),
        ];
        ForgetFrom(from);
        return items;
    }

    /// <summary>The place of a queued event. Under the lock.</summary>
    public ref readonly QueuedEvent At(long number) =>
        ref number < _taking.Limit ? ref _read[number - _taking.Base] : ref _write[number - _taking.Limit];

    /// <summary>The number of a queued event; -1 for one that is not here. Under the lock.</summary>
    public long NumberOf(Pending pending)
    {
        for (long number = _taking.Taken; number < _adding.Added; number++)
        {
            if (ReferenceEquals(At(number).Pending, pending))
            {
                return number;
            }
        }

        return -1;
    }

    /// <summary>
    /// Takes out an event and closes the gap from the front: the events that were queued before it move back by one
    /// place. Under the lock, which all consumers of this buffer take.
    /// </summary>
    public void RemoveAt(long number)
    {
        int ready = (int)(_taking.Limit - _taking.Taken);
        int written = (int)(number - _taking.Limit);
        if (written >= 0 && ready == 0)
        {
            Swap();
        }

        int first = (int)(_taking.Taken - _taking.Base);
        int moved = (int)(number - _taking.Taken);
        if (written >= 0 && ready > 0)
        {
            Array.Copy(_write, 0, _write, 1, written);
            moved = ready - 1;
            _write[0] = _read[first + moved];
        }

        Array.Copy(_read, first, _read, first + 1, moved);
        _read[first] = default;
        Volatile.Write(ref _taking.Taken, _taking.Taken + 1);
    }

    /// <summary>Takes all events of the buffer that is read away from other consumers. Under the lock.</summary>
    /// <returns>How many had been taken before.</returns>
    private long ClaimReady()
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

    /// <summary>
    /// Frees the places of all events from a number on. Under the lock, where no consumer takes any of them; earlier
    /// ones may still be being taken out.
    /// </summary>
    private void ForgetFrom(long number)
    {
        _read.AsSpan((int)(number - _taking.Base), (int)(_taking.Limit - number)).Clear();
        _write.AsSpan(0, _adding.Count).Clear();
        _adding.Count = 0;
        Volatile.Write(ref _taking.Taken, _adding.Added);
        _taking.Base = _adding.Added;
        Volatile.Write(ref _taking.Limit, _adding.Added);
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

    /// <summary>Waits for a consumer that has claimed the event that was here before, and is taking it out.</summary>
    private static void AwaitFree(ref QueuedEvent place)
    {
        SpinWait spin = default;
        while (!place.IsFree)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }
}
