using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors.EventLoop;

/// <summary>Takes events from callers into the queue of a loop, or refuses them. Any thread.</summary>
internal sealed class Intake(LoopSettings settings, EventMailbox mailbox, Waiters waiters, IReceiver receiver)
{
    /// <summary>Made for each use: most events are not refused.</summary>
    private Refusals Refusals => new(receiver, "controller", settings.Capacity, settings.ThrowWhenSuspended);

    /// <summary>Offers an event, in the form that the mailbox holds.</summary>
    /// <exception cref="ControllerClosedException">The controller was shut down.</exception>
    /// <exception cref="QueueFullException">The queue is full.</exception>
    public void Accept(QueuedEvent item)
    {
        if (settings.ThrowWhenSuspended)
        {
            Refusals.ThrowIfSuspended(item.Key);
        }

        AddResult result = mailbox.Add(item);
        if (result != AddResult.Added)
        {
            Refusals.ThrowIfRefused(result, item.Key);
        }
    }

    /// <summary>Offers posts of one key, or pendings where there is no key, as one batch.</summary>
    public void AcceptMany(object? key, ReadOnlySpan<object?> items)
    {
        if (!items.IsEmpty)
        {
            object named = key ?? ((Pending)items[0]!).Key;
            Refusals.ThrowIfSuspended(named);
            Refusals.ThrowIfRefused(mailbox.AddMany(key, items), named);
        }
    }

    /// <summary>Offers an event, and waits while the queue is full.</summary>
    public async ValueTask AcceptWhenRoomAsync(Pending pending, CancellationToken cancellationToken)
    {
        Refusals.ThrowIfSuspended(pending.Key);
        AddResult result = mailbox.Add(new QueuedEvent(pending));
        if (result == AddResult.Full)
        {
            result = await AddWhenRoomAsync(new QueuedEvent(pending), cancellationToken).ConfigureAwait(false);
        }

        Refusals.ThrowIfRefused(result, pending.Key);
    }

    /// <summary>Adds an event to the queue, which was full, as soon as there is room.</summary>
    /// <returns>Gives <see cref="AddResult.Added"/> or <see cref="AddResult.Closed"/>.</returns>
    public ValueTask<AddResult> AddWhenRoomAsync(QueuedEvent item, CancellationToken cancellationToken) =>
        waiters.AddWhenRoomAsync(mailbox, item, cancellationToken);
}
