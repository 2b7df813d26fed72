using EventDrivenActors.EventLoop;

namespace EventDrivenActors;

/// <content>
/// What became of the events: those that ended in the pool's own queue, those of workers that have left, and those of
/// the members.
/// </content>
public sealed partial class ControllerPool
{
    private EventTally _tally;
    private EventCounts _retired;
    private long _cancelledBroadcasts;

    /// <inheritdoc/>
    public override int Clean()
    {
        long broadcasts = Volatile.Read(ref _cancelledBroadcasts);
        int cleaned = _queue.SettleQueued(EventOutcome.Cancelled);
        _tally.Add(PendingStatus.Cancelled, cleaned);

        // All adapters are asked before any is waited for.
        Func<int>[] workers = [.. _roster.All.Select(worker => worker.Loop.BeginClean())];
        return cleaned + workers.Sum(worker => worker()) + (int)(Volatile.Read(ref _cancelledBroadcasts) - broadcasts);
    }

    internal void CountBroadcast(PendingStatus status, bool hasRun)
    {
        _tally.Add(status);
        if (!hasRun)
        {
            Interlocked.Increment(ref _cancelledBroadcasts);
        }
    }

    private void CancelQueued() => _tally.Add(PendingStatus.Cancelled, _queue.SettleQueued(EventOutcome.Cancelled));

    /// <summary>How many events have ended, and as what.</summary>
    private EventCounts Ended()
    {
        lock (_gate)
        {
            return _roster.All.Aggregate(_tally.Counts + _retired, (sum, worker) => sum + worker.Loop.Ended);
        }
    }
}
