namespace EventDrivenActors.Time;

/// <summary>
/// Keeps the time of all <see cref="DueTimer"/>s on the system's clock, on one thread that no pool can starve.
/// </summary>
/// <remarks>
/// A timer that is set to a later time, or cleared, keeps its entry; the thread notices that when the entry is due. So
/// an event's time-out costs no lock. An entry is at most a minute away, so that a timer that is no longer needed is
/// not kept for long.
/// </remarks>
internal sealed class DueTimerThread
{
    private static readonly long Furthest = DueTimer.Later(TimeProvider.System, 0, TimeSpan.FromMinutes(1));
    private static readonly Lazy<DueTimerThread> Instance = new(() => new DueTimerThread());
    private readonly object _gate = new();
    private readonly SortedSet<DueTimer> _entries = new(
        Comparer<DueTimer>.Create(
            static (one, other) =>
                one.Entry != other.Entry ? one.Entry.CompareTo(other.Entry) : one.Number.CompareTo(other.Number)
        )
    );

    // Under _gate, as _entries is.
    private long _added;

    private DueTimerThread() =>
        new Thread(Run, 256 * 1024) { IsBackground = true, Name = "event-time-outs" }.UnsafeStart();

    public static DueTimerThread Shared => Instance.Value;

    private static long Now => TimeProvider.System.GetTimestamp();

    /// <summary>Looks at a timer at a time, or before.</summary>
    public void Add(DueTimer timer, long at)
    {
        at = Math.Min(at, Now + Furthest);
        lock (_gate)
        {
            if (timer.Entry <= at)
            {
                return;
            }

            _entries.Remove(timer);
            timer.Number = ++_added;
            timer.Entry = at;
            _entries.Add(timer);
            if (ReferenceEquals(_entries.Min, timer))
            {
                Monitor.Pulse(_gate);
            }
        }
    }

    public void Remove(DueTimer timer)
    {
        lock (_gate)
        {
            _entries.Remove(timer);
            timer.Entry = long.MaxValue;
        }
    }

    private void Run()
    {
        while (true)
        {
            // No reference to a timer stays on this stack, because it would keep the timer alive.
            lock (_gate)
            {
                while (MillisecondsLeft() is var left && left != 0)
                {
                    Monitor.Wait(_gate, left);
                }
            }

            LookAtFirst();
        }
    }

    /// <summary>The time until the next entry. A wait counts whole milliseconds, and must not end too early.</summary>
    private int MillisecondsLeft() =>
        _entries.Min is { } first
            ? (int)Math.Ceiling(Math.Max(0, TimeProvider.System.GetElapsedTime(Now, first.Entry).TotalMilliseconds))
            : Timeout.Infinite;

    private void LookAtFirst()
    {
        if (TakeFirst() is { } timer && timer.Look(Now) is var again and < long.MaxValue)
        {
            Add(timer, again);
        }
    }

    private DueTimer? TakeFirst()
    {
        lock (_gate)
        {
            if (MillisecondsLeft() != 0)
            {
                return null;
            }

            DueTimer first = _entries.Min!;
            _entries.Remove(first);

            // Before its time is read: a thread that sets the time then either is seen, or sees this.
            first.Entry = long.MaxValue;
            Interlocked.MemoryBarrier();
            return first;
        }
    }
}
