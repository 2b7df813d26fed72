using EventDrivenActors.Sessions;

namespace EventDrivenActors.EventLoop;

internal sealed partial class ControllerLoop
{
    private readonly DeferredEvents _deferred = new();
    private CancellationQueue? _cancellations;
    private DueTimer? _timer;
    private TimeSpan _timeout;
    private long _timeoutDue = long.MaxValue;
    private EventTally _tally;
    private int _counting;
    private Pending? _lastCounted;

    /// <summary>How many events have ended, and as what.</summary>
    public EventCounts Ended => _tally.Counts;

    /// <summary>How much there is to do: what is queued, running and deferred.</summary>
    public long Load =>
        Mailbox.Added
        - Mailbox.Left
        + DeferredCount
        + (_parked || Volatile.Read(ref _phase) == LoopPhase.Handling ? 1 : 0);

    /// <summary>How many events are deferred: taken from the queue and not settled.</summary>
    public int DeferredCount => _deferred.Count;

    DeferredEvent ISessionHost.Defer(SessionFrame frame)
    {
        if (frame.Deferred is { } existing)
        {
            return existing;
        }

        Pending? pending = frame.Pending;
        if (pending is null)
        {
            pending = new PostedEvent(this, frame.Key, frame.Value);
            pending.TryStart(this);
        }

        DeferredEvent deferred = new(pending, frame.Context, frame.Value, frame.Args, this);
        pending.Deferral = deferred;
        _deferred.Add(deferred);
        frame.Deferred = deferred;
        _passesOn = _settings.Relays is not null;
        return deferred;
    }

    public void CancelRunning(Pending pending)
    {
        // The pending says that it runs before the frame has it.
        AwaitStart();
        SessionFrame frame = _frame;
        int version = frame.Version;
        if (ReferenceEquals(frame.Pending, pending))
        {
            frame.Cancel(version);
        }

        if (pending.Deferral is DeferredEvent deferred)
        {
            Cancellations.Add(deferred);
        }
    }

    /// <summary>Ends the event in the frame: its outcome, its error event, and room for the next.</summary>
    /// <remarks>
    /// The session ends before the event settles, so code that sees the outcome sees no session of the event any more.
    /// </remarks>
    private void Finish(SessionFrame frame, Exception? failure)
    {
        if (failure is not null || _own || !frame.IsOrdinary)
        {
            FinishUnusual(frame, failure);
            return;
        }

        DisarmTimeout();
        if (frame.Pending is { } pending)
        {
            int count = frame.ResultCount;
            object? results = frame.StoredResults;
            frame.End();
            bool completed = pending.TryComplete(results, count);
            frame.Pending = null;
            if (!completed)
            {
                // Something has ended it at this instant.
                Count(pending, pending.Status);
                return;
            }
        }
        else
        {
            frame.End();
        }

        _tally.Ran();
    }

    /// <summary>
    /// Settles and counts events. The run does not end meanwhile, so that its report has them; the caller asks for its
    /// end afterwards.
    /// </summary>
    private void WhileCounting(Action settle)
    {
        lock (_gate)
        {
            _counting++;
        }

        try
        {
            settle();
        }
        finally
        {
            lock (_gate)
            {
                _counting--;
            }
        }
    }

    /// <summary>Settles the queued, the running and the deferred events, and fires their tokens.</summary>
    private void SettleOpen(EventOutcome outcome, ShutdownOperation? operation = null)
    {
        _tally.Add(outcome.Status, Mailbox.SettleQueued(outcome));
        AwaitStart();
        SessionFrame frame = _frame;
        int version = frame.Version;
        Pending? running = frame.Pending;

        // What a filter has deferred counts when it settles, and the loop's own handlers are no events.
        bool counts =
            operation is not null
            && frame is { IsCounted: false, Deferred: null }
            && running is not { Counts: false }
            && !ReferenceEquals(frame.Key, ControllerEvents.Shutdown.Name)
            && !IsRaised(frame.Key, frame.Value);

        // The outcome stands before the token fires: what obeys that at once must not end the event as cancelled where
        // nobody has cancelled it.
        bool settled = running?.TrySettle(outcome) ?? true;
        bool active = frame.Cancel(version, counted: counts);
        if (
            active
            && counts
            && (settled || running!.Status is PendingStatus.Cancelled or PendingStatus.TimedOut)
            && IsFirstToCount(running)
        )
        {
            operation!.Abandoned++;
        }

        foreach (DeferredEvent one in _deferred.All())
        {
            one.Settle(outcome);
            Cancellations.Add(one);
        }
    }
}
