using EventDrivenActors.EventLoop.Mailbox;
using EventDrivenActors.Sessions;

namespace EventDrivenActors.EventLoop;

/// <content>How events that have ended are counted.</content>
internal sealed partial class ControllerLoop
{
    /// <summary>
    /// Counts an event whose handlers have ended, unless the end of the run has counted it as abandoned.
    /// </summary>
    private void Count(Pending? pending, PendingStatus status)
    {
        if (IsStopping ? IsFirstToCount(pending) : pending is null || !ReferenceEquals(pending, _lastCounted))
        {
            _tally.Add(status);
        }
    }

    /// <summary>
    /// The end of an event's handlers and the end of the run may meet: whichever asks first counts the event.
    /// </summary>
    /// <remarks>
    /// A bare post has nothing to ask by. It counts by the frame's mark, so one whose handlers end at the very instant
    /// of an abort may count as completed and as abandoned.
    /// </remarks>
    private bool IsFirstToCount(Pending? pending) =>
        pending is null || !ReferenceEquals(Interlocked.Exchange(ref _lastCounted, pending), pending);

    public Action? LeftQueue(Pending pending, PendingStatus status)
    {
        if (pending.Counts)
        {
            _tally.Add(status);
        }

        return Mailbox.Remove(pending) ? OnCleaned : null;
    }

    private void FinishUnusual(SessionFrame frame, Exception? failure)
    {
        Pending? pending = frame.Pending;
        object key = frame.Key;
        object? value = frame.Value;
        DeferredEvent? deferral = frame.Deferred;
        Exception? reported = failure ?? frame.AfterFailure;
        bool isShutdown = ReferenceEquals(key, ControllerEvents.Shutdown.Name);
        bool vetoed = isShutdown && frame.SkipRequested;
        bool leftOut = frame.LeftOut || vetoed;
        bool cancelled = frame.IsCancelled;
        bool timedOut = frame.IsTimedOut;
        bool counted = frame.IsCounted || deferral is not null || isShutdown || IsRaised(key, value);
        bool settled = true;
        int count = frame.ResultCount;
        object? results = frame.StoredResults;
        DisarmTimeout();
        frame.End();

        // Nobody has collected the result of a task that failed, and the next event in this frame must not.
        frame.Awaited = default;
        if (deferral is { } deferred)
        {
            settled = failure is not null && deferred.Settle(EventOutcome.Faulted(failure));
            reported = null;
        }
        else if (failure is OperationCanceledException && cancelled)
        {
            pending?.TrySettle(EventOutcome.Cancelled);
            reported = null;
        }
        else if (failure is not null)
        {
            settled = pending?.TrySettle(EventOutcome.Faulted(failure)) ?? !cancelled;
        }
        else if (leftOut)
        {
            pending?.TrySettle(EventOutcome.Skipped);
        }
        else
        {
            if (count == 0 && _plan is { HasHandlers: false })
            {
                _settings.Host.ReportUnhandled(key);
            }

            pending?.TryComplete(results, count);
        }

        frame.Pending = null;
        if (!counted)
        {
            Count(
                pending,
                pending?.Status
                    ?? (
                        timedOut ? PendingStatus.TimedOut
                        : failure is null ? PendingStatus.Completed
                        : cancelled && failure is OperationCanceledException ? PendingStatus.Cancelled
                        : PendingStatus.Faulted
                    )
            );
        }

        if (reported is not null && settled)
        {
            RaiseError(pending, key, value, reported);
        }

        if (isShutdown)
        {
            OnShutdownTaken(vetoed);
        }
    }

    bool ISessionHost.Settle(DeferredEvent deferred, EventOutcome outcome)
    {
        outcome = outcome.For(deferred.Key);
        bool settled = deferred.Pending.TrySettle(outcome);
        bool removed = _deferred.Remove(deferred, out bool last);
        deferred.Pending.Deferral = null;
        if (settled && outcome.Exception is { } failure)
        {
            RaiseError(deferred.Pending, deferred.Key, deferred.Value, failure);
        }

        if (removed && deferred.Pending.Counts)
        {
            _tally.Add(settled ? outcome.Status : deferred.Pending.Status);
        }

        // What was settled elsewhere may have been in flight until now: then this is how the loop hears that it is not.
        if (last || !removed)
        {
            Interlocked.MemoryBarrier();
            if (IsStopping)
            {
                Wake();
            }

            CheckIdle();
        }

        return settled;
    }

    /// <summary>
    /// Raises the error event before the next queued one, for its handlers here and for those that listen; logs where
    /// there are none and nobody awaits.
    /// </summary>
    private void RaiseError(Pending? pending, object key, object? value, Exception failure)
    {
        if (key.Equals(ControllerEvents.Error.Name))
        {
            pending?.ObserveFailure();
            _settings.Host.ReportFailure(key, failure);
        }
        else if (_table.Error is not null || Tap?.Hears(ControllerEvents.Error.Name) == true)
        {
            pending?.ObserveFailure();
            Mailbox.AddUrgent(new QueuedEvent(ControllerEvents.Error.Name, new HandlerFailure(key, value, failure)));
        }
        else if (pending is null or { IsPost: true } || failure is HookFailedException)
        {
            pending?.ObserveFailure();
            _settings.Host.ReportFailure(key, failure);
        }
    }

    private void ArmTimeout(SessionFrame frame)
    {
        if (TimeOption.Limit(frame.Pending?.Options.Timeout ?? _settings.EventTimeout) is not { } timeout)
        {
            return;
        }

        TimeProvider time = _settings.TimeProvider;
        long due = DueTimer.Later(time, time.GetTimestamp(), timeout);
        _timeout = timeout;
        Volatile.Write(ref _timeoutDue, due);
        _timer ??= new DueTimer(time, OnTimeout);
        _timer.SetAt(due);
    }

    private void DisarmTimeout()
    {
        if (_timer is not null)
        {
            Volatile.Write(ref _timeoutDue, long.MaxValue);
            _timer.Clear();
        }
    }

    private void OnTimeout()
    {
        SessionFrame frame = _frame;
        int version = frame.Version;
        Pending? pending = frame.Pending;
        object key = frame.Key;
        object? value = frame.Value;
        Interlocked.MemoryBarrier();

        // A timer that fires late may find the next event: an event is ended only when its own time is up.
        long due = Volatile.Read(ref _timeoutDue);
        if (
            !frame.IsActive
            || frame.Deferred is not null
            || due > _settings.TimeProvider.GetTimestamp()
            || frame.Version != version
        )
        {
            return;
        }

        EventTimeoutException exception = new(
            $"The handlers of the event '{key}' of the controller '{Name}' took longer than {_timeout}; the next "
                + "event waits until they have really ended."
        );

        // The outcome is set before the token fires: a handler that obeys it at once has still timed out.
        bool settled = pending?.TrySettle(EventOutcome.TimedOut(exception)) ?? true;
        if (!frame.Cancel(version, timedOut: true))
        {
            return;
        }

        if (settled)
        {
            RaiseError(pending, key, value, exception);
        }

        _settings.Host.ReportStuck(key, _timeout);
    }
}
