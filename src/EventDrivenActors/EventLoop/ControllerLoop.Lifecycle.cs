namespace EventDrivenActors.EventLoop;

internal sealed partial class ControllerLoop
{
    private static readonly TimeSpan Overtime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(4);
    private TaskCompletionSource _runEnd = Completed();
    private ShutdownOperation? _shutdown;
    private ControllerState _state;
    private ControllerState _finalState = ControllerState.Stopped;
    private bool _suspended;
    private volatile int _control = LoopControl.NotRunning;

    public ControllerState State
    {
        get
        {
            lock (_gate)
            {
                return _state == ControllerState.Running && _suspended ? ControllerState.Suspended : _state;
            }
        }
    }

    public bool IsStopping => Volatile.Read(ref _shutdown) is not null;

    /// <summary>Completes when the run has ended and been closed.</summary>
    public Task RunEnd
    {
        get
        {
            lock (_gate)
            {
                return _runEnd.Task;
            }
        }
    }

    /// <summary>Begins a run.</summary>
    /// <returns>Whether there was none.</returns>
    public bool Run(SessionContext? context)
    {
        lock (_gate)
        {
            if (_state is ControllerState.Running or ControllerState.Stopping)
            {
                return false;
            }

            RunContext = context ?? SessionContext.Empty;
            _items = null;
            _runEnd = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _state = ControllerState.Running;
            _control &= ~LoopControl.NotRunning;
            Mailbox.Reopen();
        }

        if (_parked)
        {
            // A handler that an abort left behind ends first.
            Wake();
        }
        else
        {
            Mailbox.Enlist(this);
            _settings.Shared?.Enlist(this);
        }

        return true;
    }

    public void Suspend()
    {
        lock (_gate)
        {
            _suspended = true;
            _control |= LoopControl.Suspended;
        }

        // After the barrier the draining thread is either in a handler that had started before, or it sees the flag.
        Interlocked.MemoryBarrierProcessWide();
        AwaitStart();
    }

    /// <summary>Waits while the draining thread is between two events: what it is about to start is then in the frame.</summary>
    private void AwaitStart()
    {
        SpinWait spin = default;
        while (Volatile.Read(ref _phase) == LoopPhase.Starting)
        {
            spin.SpinOnce();
        }
    }

    public bool Resume()
    {
        lock (_gate)
        {
            if (!_suspended)
            {
                return false;
            }

            _suspended = false;
            _control &= ~LoopControl.Suspended;
        }

        Wake();
        return true;
    }

    public int Clean()
    {
        int cleaned = Mailbox.SettleQueued(EventOutcome.Cancelled);
        CheckIdle();
        return cleaned;
    }

    /// <summary>Asks for the end of the run, or makes one that is asked for stricter.</summary>
    /// <param name="mode">How to end.</param>
    /// <param name="deadline">When to become stricter.</param>
    /// <param name="announce">Whether the shutdown handlers run; a pool runs them once for all its workers.</param>
    public Task<ShutdownReport> Shutdown(ShutdownMode mode, TimeSpan deadline, bool announce = true)
    {
        ShutdownOperation operation;
        bool stricter;
        lock (_gate)
        {
            if (_state is ControllerState.Stopped or ControllerState.Failed)
            {
                return Task.FromResult(new ShutdownReport(0, 0, 0));
            }

            Mailbox.Close();
            long due = _settings.TimeProvider.GetTimestamp() + Ticks(deadline);
            if (_shutdown is { } running)
            {
                running.Deadline = Math.Min(running.Deadline, due);
                operation = running;
            }
            else
            {
                bool neverRan = _state == ControllerState.Created;
                mode = neverRan ? ShutdownMode.Abort : mode;
                operation = new ShutdownOperation(ShutdownMode.Drain, Ended, due) { Announce = announce };
                _state = ControllerState.Stopping;
                _runEnd = neverRan ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : _runEnd;
                Volatile.Write(ref _shutdown, operation);
            }

            stricter = operation.Tighten(mode);
        }

        if (stricter)
        {
            Enforce(operation, mode);
        }

        _settings.Shared?.Leave(this);
        ArmDeadline(operation);
        Wake();
        return operation.Report;
    }

    /// <summary>Ends the run at once: everything open settles with one outcome, whatever a stuck handler does.</summary>
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
            Volatile.Write(ref _shutdown, _shutdown ?? new ShutdownOperation(ShutdownMode.Abort, Ended, _settings.TimeProvider.GetTimestamp()));
        }

        _settings.Shared?.Leave(this);
        SettleOpen(outcome);
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
            runEnd = _runEnd;
        }

        CheckIdle();
        operation?.Complete(new ShutdownReport(
            Volatile.Read(ref _ended) - operation.EndedBefore, operation.Cancelled, operation.Abandoned)
        {
            AdapterErrors = errors,
        });
        runEnd.TrySetResult();
    }

    /// <summary>Before an event starts: whether one may.</summary>
    private bool MayContinue()
    {
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

    /// <summary>Whether the shutdown handlers are to run now that nothing is queued any more.</summary>
    private bool TakeAnnouncement(out QueuedEvent item)
    {
        item = default;
        if (_shutdown is not { Announce: true } operation)
        {
            return false;
        }

        operation.Announce = false;
        item = new QueuedEvent(ControllerEvents.Shutdown.Name);
        return true;
    }

    private void OnShutdownTaken(bool vetoed)
    {
        ShutdownOperation? operation;
        lock (_gate)
        {
            operation = _shutdown;
            if (!vetoed || operation is null or { Mode: not ShutdownMode.Drain } or { RunEnded: true })
            {
                return;
            }

            Volatile.Write(ref _shutdown, null);
            _state = ControllerState.Running;
            Mailbox.Reopen();
        }

        operation.Complete(new ShutdownReport(Volatile.Read(ref _ended) - operation.EndedBefore, 0, 0) { Vetoed = true, Ended = false });
    }

    private void Tighten(ShutdownOperation operation, ShutdownMode mode)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(_shutdown, operation) || !operation.Tighten(mode))
            {
                return;
            }
        }

        Enforce(operation, mode);
    }

    private void Enforce(ShutdownOperation operation, ShutdownMode mode)
    {
        operation.Cancelled += Mailbox.SettleQueued(EventOutcome.Cancelled);
        if (mode == ShutdownMode.Abort)
        {
            SettleOpen(EventOutcome.Cancelled, operation);
        }

        TryEndRun(stuckToo: mode == ShutdownMode.Abort);
    }

    /// <summary>Settles the queued, the running and the deferred events, and fires their tokens.</summary>
    private void SettleOpen(EventOutcome outcome, ShutdownOperation? operation = null)
    {
        int queued = Mailbox.SettleQueued(outcome);
        AwaitStart();
        SessionFrame frame = _frame;
        int version = frame.Version;
        Pending? running = frame.Pending;
        bool active = frame.Cancel(version);
        running?.TrySettle(outcome);
        DeferredEvent[] deferred;
        lock (_deferred)
        {
            deferred = [.. _deferred.Values];
        }

        foreach (DeferredEvent one in deferred)
        {
            one.Cancel();
            SettleDeferred(one, outcome);
        }

        if (operation is not null)
        {
            operation.Cancelled += queued + deferred.Length;
            operation.Abandoned = active ? 1 : 0;
        }
    }

    /// <summary>Hands the run over to the host for closing, once nothing of it is left.</summary>
    private void TryEndRun(bool stuckToo)
    {
        long deadline;
        lock (_gate)
        {
            if (_shutdown is not { RunEnded: false } operation || (!stuckToo && !IsRunOver(operation)))
            {
                return;
            }

            operation.RunEnded = true;
            _control |= LoopControl.NotRunning;
            deadline = Math.Max(operation.Deadline, _settings.TimeProvider.GetTimestamp()) + Ticks(ClosingTime);
        }

        _settings.Host.RunEnded(deadline);
    }

    private bool IsRunOver(ShutdownOperation operation) => Mailbox.IsEmpty && !_parked
        && Volatile.Read(ref _phase) == LoopPhase.Inactive && DeferredCount == 0
        && (!operation.Announce || (_suspended && operation.Mode != ShutdownMode.Drain));

    private void ArmDeadline(ShutdownOperation operation)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(_shutdown, operation))
            {
                // It has ended already: a timer of its own would meet the next run.
                return;
            }

            TimeSpan left = _settings.TimeProvider.GetElapsedTime(_settings.TimeProvider.GetTimestamp(), operation.Deadline);
            left = left < TimeSpan.Zero ? TimeSpan.Zero : left;
            operation.Timer ??= _settings.TimeProvider.CreateTimer(
                _ => OnDeadline(operation), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            operation.Timer.Change(left, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnDeadline(ShutdownOperation operation)
    {
        if (operation.Mode == ShutdownMode.Drain)
        {
            Tighten(operation, ShutdownMode.Finish);
            operation.Timer?.Change(Overtime, Timeout.InfiniteTimeSpan);
        }
        else
        {
            Tighten(operation, ShutdownMode.Abort);
        }
    }

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * _settings.TimeProvider.TimestampFrequency);

    private static TaskCompletionSource Completed()
    {
        TaskCompletionSource source = new();
        source.SetResult();
        return source;
    }
}
