using EventDrivenActors.Sessions;

namespace EventDrivenActors.EventLoop;

/// <summary>
/// Gives events that have ended in an unusual way their outcome, and counts each event once that was started.
/// </summary>
internal sealed class Settlement(
    LoopSettings settings,
    EventPlans plans,
    RunState run,
    EventTimeouts timeouts,
    EventTally tally,
    ErrorEvents errors
)
{
    // Any thread, by interlocked operations.
    private Pending? _lastCounted;

    /// <summary>Ends an event that failed, was cancelled, left out or deferred, or has no result.</summary>
    public void EndUnusual(SessionFrame frame, Exception? failure)
    {
        Pending? pending = frame.Pending;
        object key = frame.Key;
        object? value = frame.Value;
        DeferredEvent? deferral = frame.Deferred;
        Exception? reported = failure ?? frame.AfterFailure;
        bool isShutdown = ReferenceEquals(key, ControllerEvents.Shutdown.Name);
        bool isVetoed = isShutdown && frame.SkipRequested;
        bool isLeftOut = frame.LeftOut || isVetoed;
        bool isCancelled = frame.IsCancelled;
        bool isTimedOut = frame.IsTimedOut;
        bool isCounted = frame.IsCounted || deferral is not null || isShutdown || EventPlans.IsRaised(key, value);
        bool settled = true;
        int count = frame.ResultCount;
        object? results = frame.StoredResults;
        timeouts.End();
        frame.End();

        // Nobody has collected the result of a task that failed, and the next event in this frame must not.
        frame.Awaited = default;
        if (deferral is { } deferred)
        {
            settled = failure is not null && deferred.Settle(EventOutcome.Faulted(failure));
            reported = null;
        }
        else if (failure is OperationCanceledException && isCancelled)
        {
            pending?.TrySettle(EventOutcome.Cancelled);
            reported = null;
        }
        else if (failure is not null)
        {
            settled = pending?.TrySettle(EventOutcome.Faulted(failure)) ?? !isCancelled;
        }
        else if (isLeftOut)
        {
            pending?.TrySettle(EventOutcome.Skipped);
        }
        else
        {
            if (count == 0 && plans.Current is { HasHandlers: false })
            {
                settings.Host.LogUnhandled(key);
            }

            pending?.TryComplete(results, count);
        }

        frame.Pending = null;
        if (!isCounted)
        {
            Count(pending, pending?.Status ?? StatusOfPost(failure, isCancelled, isTimedOut));
        }

        if (reported is not null && settled)
        {
            errors.Raise(pending, key, value, reported);
        }

        if (isVetoed)
        {
            run.Veto();
        }
    }

    private static PendingStatus StatusOfPost(Exception? failure, bool isCancelled, bool isTimedOut) =>
        isTimedOut ? PendingStatus.TimedOut
        : failure is null ? PendingStatus.Completed
        : isCancelled && failure is OperationCanceledException ? PendingStatus.Cancelled
        : PendingStatus.Faulted;

    /// <summary>
    /// Counts an event whose handlers have ended, unless the end of the run has counted it as abandoned.
    /// </summary>
    public void Count(Pending? pending, PendingStatus status)
    {
        if (run.IsStopping ? IsFirstToCount(pending) : pending is null || !ReferenceEquals(pending, _lastCounted))
        {
            tally.Add(status);
        }
    }

    /// <summary>A run begins, which counts its own events.</summary>
    public void BeginRun() => _lastCounted = null;

    /// <summary>
    /// The end of an event's handlers and the end of the run may meet: whichever asks first counts the event.
    /// </summary>
    /// <remarks>
    /// A bare post has nothing to ask by. It counts by the frame's mark, so one whose handlers end at the very instant
    /// of an abort may count as completed and as abandoned.
    /// </remarks>
    public bool IsFirstToCount(Pending? pending) =>
        pending is null || !ReferenceEquals(Interlocked.Exchange(ref _lastCounted, pending), pending);
}
