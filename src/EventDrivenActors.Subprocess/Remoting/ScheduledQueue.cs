namespace EventDrivenActors.Subprocess.Remoting;

/// <summary>
/// Scheduled work by its due time, and at the same time in the order in which it was added. For one thread at a time.
/// </summary>
internal sealed class ScheduledQueue
{
    private const int SmallestSweep = 64;

    // One thread at a time.
    private readonly PriorityQueue<ScheduledWork, (TimeSpan Due, long Number)> _entries = new();
    private long _added;
    private int _sweepAt = SmallestSweep;

    /// <summary>How much work it holds, which may include cancelled work.</summary>
    public int Count => _entries.Count;

    /// <summary>When the first work is due; <see langword="null"/> where there is none.</summary>
    public TimeSpan? FirstDue => _entries.TryPeek(out _, out (TimeSpan Due, long Number) first) ? first.Due : null;

    public void Add(ScheduledWork work, TimeSpan due)
    {
        if (_entries.Count >= _sweepAt)
        {
            Sweep();
        }

        _entries.Enqueue(work, (due, ++_added));
    }

    /// <summary>Takes the first work that is due and not cancelled.</summary>
    public bool TryTake(TimeSpan now, out ScheduledWork work, out TimeSpan due)
    {
        while (
            _entries.TryPeek(out work!, out (TimeSpan Due, long Number) first) && (work.IsCancelled || first.Due <= now)
        )
        {
            _entries.Dequeue();
            due = first.Due;
            if (!work.IsCancelled)
            {
                return true;
            }
        }
        due = default;
        return false;
    }

    public void Clear() => _entries.Clear();

    /// <summary>
    /// Removes cancelled work each time the queue has doubled: timeouts are often far away, and nearly all of them are
    /// cancelled.
    /// </summary>
    private void Sweep()
    {
        (ScheduledWork Element, (TimeSpan Due, long Number) Priority)[] wanted = _entries
            .UnorderedItems.Where(entry => !entry.Element.IsCancelled)
            .ToArray();
        _entries.Clear();
        _entries.EnqueueRange(wanted);
        _sweepAt = Math.Max(SmallestSweep, 2 * wanted.Length);
    }
}
