using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors.EventLoop;

/// <content>Cleaning, and ends that nobody has asked for.</content>
internal sealed partial class ControllerLoop
{
    public int Clean() => BeginClean()();

    /// <summary>Cancels what is queued, and asks adapters to cancel what they hold.</summary>
    /// <returns>Waits for the adapters, for a limited time, and gives how many events have been cancelled.</returns>
    public Func<int> BeginClean()
    {
        int cleaned = CancelQueued() + CancelHeld();
        Func<int> adapters = _settings.Host.Cleaning();
        OnCleaned();
        return () => cleaned + adapters();
    }

    private void OnCleaned()
    {
        if (IsStopping)
        {
            if (Volatile.Read(ref _shutdown) is { LeavesStuck: true })
            {
                // An abort has met the counting.
                TryEndRun(stuckToo: true);
            }

            // A drain of a suspended loop may have waited only for this event.
            Wake();
        }

        CheckIdle();
    }

    private int CancelQueued()
    {
        int cancelled = 0;
        WhileCounting(() =>
        {
            cancelled = Mailbox.SettleQueued(EventOutcome.Cancelled);
            _tally.Add(PendingStatus.Cancelled, cancelled);
        });
        return cancelled;
    }

    /// <summary>
    /// Ends the run at once: everything open settles with one outcome, whatever a stuck handler does.
    /// </summary>
    public void Terminate(EventOutcome outcome, ControllerState state = ControllerState.Stopped)
    {
        Mailbox.Close();
        lock (_gate)
        {
            if (_state is ControllerState.Stopped or ControllerState.Failed)
            {
                return;
            }

            _finalState = state;
            _state = ControllerState.Stopping;
            ShutdownOperation operation =
                _shutdown ?? new ShutdownOperation(ShutdownMode.Abort, Ended, _settings.TimeProvider.GetTimestamp());
            operation.Outcome = outcome;
            operation.IsFinal = true;
            Volatile.Write(ref _shutdown, operation);
        }

        _settings.Shared?.Leave(this);
        WhileCounting(() => SettleOpen(outcome, Volatile.Read(ref _shutdown)));
        CheckIdle();
        TryEndRun(stuckToo: true);
    }

    /// <summary>Called by the host when all that belongs to the run has been closed.</summary>
    public void Close(IReadOnlyList<Exception> errors)
    {
        SettleOpen(EventOutcome.Closed);
        _settings.Shared?.Leave(this);
        foreach (QueuedEvent error in Mailbox.TakeUrgent())
        {
            // Its handlers belong to the run that has ended: the failure must not show in the next one, nor get lost.
            HandlerFailure failure = (HandlerFailure)error.Value!;
            _settings.Host.ReportFailure(failure.Event, failure.Exception);
        }

        ShutdownOperation? operation;
        TaskCompletionSource runEnd;
        lock (_gate)
        {
            operation = _shutdown;
            Volatile.Write(ref _shutdown, null);
            _state = _finalState;
            _finalState = ControllerState.Stopped;
            _suspended = false;
            _control = LoopControl.NotRunning;
            ReleaseHeld();
            runEnd = _runEnd;
        }

        CheckIdle();
        operation?.Complete((Ended - operation.Before).Report(operation.Abandoned) with { AdapterErrors = errors });
        runEnd.TrySetResult();
        if (_parked)
        {
            // Its handler may have ended while the host could give no turn any more.
            Wake();
        }
    }

    /// <summary>
    /// Ends the event whose handler an abort has left behind, if that has ended. Takes nothing: the next run may begin
    /// meanwhile.
    /// </summary>
    public void EndLeftBehind()
    {
        Drain(budget: 0);
        CheckIdle();
    }

    /// <summary>Lets a suspended loop start one event although it is suspended.</summary>
    /// <returns>Whether it has one that it could start.</returns>
    public bool TryStep()
    {
        if (_parked || (Mailbox.IsEmpty && _settings.Shared is not { IsEmpty: false }))
        {
            return false;
        }

        Interlocked.Exchange(ref _step, 1);
        Wake();
        return true;
    }

    /// <summary>Before an event starts: whether one may.</summary>
    private bool MayContinue()
    {
        if (_relaying)
        {
            _needsTurn = true;
            return false;
        }

        _stepping = _control == LoopControl.Suspended && Interlocked.Exchange(ref _step, 0) == 1;
        if (_stepping)
        {
            return true;
        }

        _settings.Shared?.Leave(this);
        Volatile.Write(ref _phase, LoopPhase.Inactive);
        Interlocked.MemoryBarrier();
        CheckIdle();
        if ((_control & LoopControl.NotRunning) == 0 && IsStopping)
        {
            TryEndRun(stuckToo: false);
        }

        return false;
    }

    /// <summary>Hands the run over to the host for closing, once nothing of it is left.</summary>
    private void TryEndRun(bool stuckToo)
    {
        ShutdownOperation operation;
        lock (_gate)
        {
            if (_shutdown is not { RunEnded: false } asked)
            {
                return;
            }

            operation = asked;
            operation.LeavesStuck |= stuckToo;
            if (_counting > 0 || (!operation.LeavesStuck && !IsRunOver(operation)))
            {
                return;
            }

            operation.RunEnded = true;
            operation.Timer?.Clear();
            _control |= LoopControl.NotRunning;
        }

        long ended = _settings.TimeProvider.GetTimestamp();
        _settings.Host.RunEnded(() => ClosedBy(operation, ended));
    }

    private long ClosedBy(ShutdownOperation operation, long ended)
    {
        lock (_gate)
        {
            return DueTimer.Later(_settings.TimeProvider, Math.Max(operation.Deadline, ended), ClosingTime);
        }
    }

    private bool IsRunOver(ShutdownOperation operation) =>
        IsEmptyHanded(withSources: false)
        && (!operation.Announce || (_suspended && (operation.Mode != ShutdownMode.Drain || !AnnouncesShutdown)))
        && _settings.IdleSources.All(IsIdleOrBroken);

    private long Later(TimeSpan time) =>
        DueTimer.Later(_settings.TimeProvider, _settings.TimeProvider.GetTimestamp(), time);

    private static TaskCompletionSource Completed()
    {
        TaskCompletionSource source = new();
        source.SetResult();
        return source;
    }
}
