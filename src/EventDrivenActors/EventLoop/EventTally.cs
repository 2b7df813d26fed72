namespace EventDrivenActors.EventLoop;

/// <summary>Counts how events ended, each once. The loop's own events do not count.</summary>
internal sealed class EventTally
{
    // The draining thread writes, any thread reads.
    private long _ran;

    // Any thread, by interlocked additions.
    private long _completed;
    private long _failed;
    private long _cancelled;

    public EventCounts Counts =>
        new(
            Volatile.Read(in _ran) + Volatile.Read(in _completed),
            Volatile.Read(in _failed),
            Volatile.Read(in _cancelled)
        );

    /// <summary>An event has completed in the loop. For the draining thread.</summary>
    public void Ran() => Volatile.Write(ref _ran, _ran + 1);

    /// <summary>Events have ended.</summary>
    public void Add(PendingStatus status, long events = 1)
    {
        switch (status)
        {
            case PendingStatus.Completed or PendingStatus.Skipped:
                Interlocked.Add(ref _completed, events);
                break;
            case PendingStatus.Cancelled or PendingStatus.Closed:
                Interlocked.Add(ref _cancelled, events);
                break;
            default:
                Interlocked.Add(ref _failed, events);
                break;
        }
    }
}
