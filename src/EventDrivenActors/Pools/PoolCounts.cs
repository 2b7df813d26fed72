using EventDrivenActors.EventLoop;

namespace EventDrivenActors.Pools;

/// <summary>
/// What became of a pool's events: those that ended in its own queue, those of workers that have left, and those of the
/// members.
/// </summary>
internal sealed class PoolCounts
{
    // Any thread, by interlocked steps.
    private long _cancelledBroadcasts;

    // Under the pool's gate.
    private EventCounts _retired;

    /// <summary>How many events for all workers have been cancelled and ran in no worker.</summary>
    public long CancelledBroadcasts => Volatile.Read(ref _cancelledBroadcasts);

    /// <summary>Counts events that have ended and belong to no worker. Any thread.</summary>
    public EventTally Tally { get; } = new();

    /// <summary>An event for all workers has ended.</summary>
    public void AddBroadcast(PendingStatus status, bool hasRun)
    {
        Tally.Add(status);
        if (!hasRun)
        {
            Interlocked.Increment(ref _cancelledBroadcasts);
        }
    }

    /// <summary>Keeps the counts of a worker that is no member any more. Under the pool's gate.</summary>
    public void Keep(EventCounts counts) => _retired += counts;

    /// <summary>How many events have ended, and as what. Under the pool's gate.</summary>
    public EventCounts Ended(IEnumerable<Controller> members) =>
        members.Aggregate(Tally.Counts + _retired, (sum, worker) => sum + worker.Loop.Ended);
}
