using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors.EventLoop;

/// <summary>Gives events that leave a queue without having run their outcome, and counts them. Any thread.</summary>
/// <remarks>Announcements of shutdowns, and one worker's parts of events, do not count.</remarks>
internal sealed class UnstartedEvents(EventMailbox mailbox, EventTally tally)
{
    /// <summary>Settles all that is queued.</summary>
    /// <returns>How many events that were.</returns>
    public int SettleAll(EventOutcome outcome)
    {
        int settled = mailbox.SettleQueued(outcome);
        tally.Add(outcome.Status, settled);
        return settled;
    }

    /// <summary>Settles events that have left the queue already. The caller holds no lock.</summary>
    public void Settle(DroppedEvents dropped, EventOutcome outcome) =>
        tally.Add(outcome.Status, dropped.Settle(outcome));

    /// <summary>Settles an event that no queue takes.</summary>
    public void Settle(QueuedEvent refused, EventOutcome outcome)
    {
        if (refused.Pending is not { } pending || (pending.TrySettleQueued(outcome) && pending.Counts))
        {
            tally.Add(outcome.Status);
        }
    }

    /// <summary>Counts an event that is being settled in the queue, and frees its place there.</summary>
    /// <returns>Whether the queue has a free place by that.</returns>
    public bool Remove(Pending pending, PendingStatus status)
    {
        if (pending.Counts)
        {
            tally.Add(status);
        }

        return mailbox.Remove(pending);
    }
}
