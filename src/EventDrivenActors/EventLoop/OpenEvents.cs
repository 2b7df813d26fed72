using EventDrivenActors.Sessions;

namespace EventDrivenActors.EventLoop;

/// <summary>
/// Events that have left the queue and have no outcome: the one that runs, and those that filters have deferred.
/// </summary>
internal sealed class OpenEvents(
    IEventOwner<Pending> owner,
    LoopPosition position,
    Settlement settlement,
    EventTally tally,
    ErrorEvents errors
)
{
    // Any thread. Most loops never defer an event, so both are made for the first one.
    private DeferredEvents? _deferred;
    private CancellationQueue? _cancellations;

    /// <summary>How many events are deferred: taken from the queue and not settled.</summary>
    public int DeferredCount => Volatile.Read(ref _deferred)?.Count ?? 0;

    private DeferredEvents Deferred =>
        LazyInitializer.EnsureInitialized(ref _deferred, static () => new DeferredEvents());

    private CancellationQueue Cancellations =>
        LazyInitializer.EnsureInitialized(ref _cancellations, () => new CancellationQueue(owner.LogBroken));

    /// <summary>Defers the event that runs.</summary>
    public DeferredEvent Defer(SessionFrame frame, ISessionHost host)
    {
        if (frame.Deferred is { } existing)
        {
            return existing;
        }

        Pending? pending = frame.Pending;
        if (pending is null)
        {
            pending = new PostedEvent(owner, frame.Key, frame.Value);
            pending.TryStart(owner);
        }

        DeferredEvent deferred = new(pending, frame.Context, frame.Value, frame.Args, host);
        pending.Deferral = deferred;
        Deferred.Add(deferred);
        frame.Deferred = deferred;
        return deferred;
    }

    /// <summary>Gives a deferred event its outcome.</summary>
    /// <param name="deferred">The event.</param>
    /// <param name="outcome">Its outcome.</param>
    /// <param name="mayBeLast">Whether none may be left. An event that was settled elsewhere may have been in flight
    /// until now.</param>
    /// <returns>Whether it had none.</returns>
    public bool Settle(DeferredEvent deferred, EventOutcome outcome, out bool mayBeLast)
    {
        outcome = outcome.For(deferred.Key);
        bool settled = deferred.Pending.TrySettle(outcome);
        bool removed = Deferred.Remove(deferred, out bool last);
        deferred.Pending.Deferral = null;
        if (settled && outcome.Exception is { } failure)
        {
            errors.Raise(deferred.Pending, deferred.Key, deferred.Value, failure);
        }

        if (removed && deferred.Pending.Counts)
        {
            tally.Add(settled ? outcome.Status : deferred.Pending.Status);
        }

        mayBeLast = last || !removed;
        return settled;
    }

    /// <summary>Fires the token of an event that runs or is deferred.</summary>
    public void Cancel(Pending pending)
    {
        // The pending says that it runs before the frame has it.
        position.AwaitStart();
        if (position.FrameIfAny is { } frame)
        {
            int version = frame.Version;
            if (ReferenceEquals(frame.Pending, pending))
            {
                frame.Cancel(version);
            }
        }

        if (pending.Deferral is DeferredEvent deferred)
        {
            Cancellations.Add(deferred);
        }
    }

    /// <summary>Settles the running and the deferred events, and fires their tokens.</summary>
    /// <param name="outcome">Their outcome.</param>
    /// <param name="operation">Counts a running event as abandoned; <see langword="null"/> to count none.</param>
    public void SettleAll(EventOutcome outcome, ShutdownOperation? operation = null)
    {
        position.AwaitStart();
        if (position.FrameIfAny is { } frame)
        {
            SettleRunning(frame, outcome, operation);
        }

        foreach (DeferredEvent one in Deferred.All())
        {
            one.Settle(outcome);
            Cancellations.Add(one);
        }
    }

    private void SettleRunning(SessionFrame frame, EventOutcome outcome, ShutdownOperation? operation)
    {
        int version = frame.Version;
        Pending? running = frame.Pending;

        // A deferred event counts when it settles, and the loop's own handlers are no events.
        bool counts =
            operation is not null
            && frame is { IsCounted: false, Deferred: null }
            && running is not { Counts: false }
            && !ReferenceEquals(frame.Key, ControllerEvents.Shutdown.Name)
            && !EventPlans.IsRaised(frame.Key, frame.Value);

        // The outcome stands before the token fires: what obeys that at once must not end the event as cancelled where
        // nobody has cancelled it.
        bool settled = running?.TrySettle(outcome) ?? true;
        bool active = frame.Cancel(version, counted: counts);
        if (active)
        {
            frame.LeaveBehind();
        }

        if (
            active
            && counts
            && (settled || running!.Status is PendingStatus.Cancelled or PendingStatus.TimedOut)
            && settlement.IsFirstToCount(running)
        )
        {
            operation!.Abandoned++;
        }
    }
}
