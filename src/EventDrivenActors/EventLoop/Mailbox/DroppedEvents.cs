namespace EventDrivenActors.EventLoop.Mailbox;

/// <summary>Events that have left a queue for good and have not settled yet. None of them runs.</summary>
internal struct DroppedEvents
{
    // The thread that drops the events; no other has them.
    private List<Pending>? _pendings;
    private int _posts;

    /// <summary>Adds the event of a place.</summary>
    /// <returns>Whether there is one. A consumer that is taking it out may have half cleared the place.</returns>
    public bool Add(QueuedEvent item)
    {
        if (item.Pending is { } pending)
        {
            (_pendings ??= []).Add(pending);
            return true;
        }

        if (item.IsPost)
        {
            _posts++;
            return true;
        }

        return false;
    }

    /// <summary>Settles them. Waiters may go on meanwhile, so the caller holds no lock.</summary>
    /// <returns>How many there were, the loop's own and the parts of others left out.</returns>
    public readonly int Settle(EventOutcome outcome) =>
        _posts + (_pendings?.Count(pending => pending.TrySettleQueued(outcome) && pending.Counts) ?? 0);
}
