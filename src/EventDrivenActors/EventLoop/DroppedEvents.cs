namespace EventDrivenActors.EventLoop;

/// <summary>Events that have left a queue for good and have not settled yet. None of them runs.</summary>
/// <param name="pendings">Those that somebody may wait for.</param>
/// <param name="posts">How many others there are.</param>
internal readonly struct DroppedEvents(List<Pending>? pendings, int posts)
{
    /// <summary>Settles them. Waiters may go on meanwhile, so the caller holds no lock.</summary>
    /// <returns>How many there were, the loop's own and the parts of others left out.</returns>
    public int Settle(EventOutcome outcome) =>
        posts + (pendings?.Count(pending => pending.TrySettleQueued(outcome) && pending.Counts) ?? 0);
}
