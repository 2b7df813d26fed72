using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors.EventLoop;

/// <summary>The state of a controller and the shutdown under way. <see cref="Stopping"/> acts on them.</summary>
internal sealed class RunState(EventMailbox mailbox, LoopControl control, EventTally tally)
{
    private static readonly TimeSpan Overtime = TimeSpan.FromSeconds(1);
    private static readonly TaskCompletionSource NoRun = CompletedSource();

    // Under the lock, which is this object's monitor. The end of a run is made for the first caller that asks for it.
    private TaskCompletionSource? _end = NoRun;
    private ControllerState _state;
    private ControllerState _finalState = ControllerState.Stopped;
    private int _counting;

    // Written under the lock, read by any thread.
    private ShutdownOperation? _shutdown;

    public ControllerState State
    {
        get
        {
            lock (this)
            {
                return _state == ControllerState.Running && control.IsSuspended ? ControllerState.Suspended : _state;
            }
        }
    }

    /// <summary>The shutdown under way.</summary>
    public ShutdownOperation? Shutdown => Volatile.Read(ref _shutdown);

    /// <summary>Whether a shutdown is under way, or another end of the run.</summary>
    public bool IsStopping => Volatile.Read(ref _shutdown) is not null;

    public bool IsSuspended => control.IsSuspended;

    /// <summary>Completes when the run has ended and been closed.</summary>
    public Task End
    {
        get
        {
            lock (this)
            {
                return EndSource.Task;
            }
        }
    }

    /// <summary>Begins a run.</summary>
    /// <param name="seen">The state that the caller has prepared the run from, where that can have changed.</param>
    /// <param name="prepare">Prepares what the events of the run see. Called under the lock.</param>
    /// <returns>Whether there was none, and the state is still the one that was seen.</returns>
    public bool TryBegin(ControllerState? seen, Action prepare)
    {
        lock (this)
        {
            if (_state is ControllerState.Running or ControllerState.Stopping || (seen is { } state && _state != state))
            {
                return false;
            }

            prepare();
            _end = null;
            _state = ControllerState.Running;
            control.BeginRun();
            mailbox.Reopen();
            return true;
        }
    }

    /// <summary>Begins a shutdown, or makes the one under way stricter.</summary>
    /// <param name="mode">How to end; a run that has never begun is aborted.</param>
    /// <param name="deadline">The time stamp at which the mode becomes stricter.</param>
    /// <param name="announce">Whether the shutdown handlers run.</param>
    /// <param name="stricter">Whether the mode is stricter than before.</param>
    /// <returns>The shutdown; <see langword="null"/> when the run has ended.</returns>
    public ShutdownOperation? BeginShutdown(ref ShutdownMode mode, long deadline, bool announce, out bool stricter)
    {
        lock (this)
        {
            stricter = false;
            if (_state is ControllerState.Stopped or ControllerState.Failed)
            {
                return null;
            }

            mailbox.Close();
            ShutdownOperation operation;
            if (_shutdown is { } running)
            {
                running.Deadline = Math.Min(running.Deadline, deadline);
                operation = running;
            }
            else
            {
                bool neverRan = _state == ControllerState.Created;
                mode = neverRan ? ShutdownMode.Abort : mode;
                operation = new ShutdownOperation(ShutdownMode.Drain, tally.Counts, deadline) { Announce = announce };
                _state = ControllerState.Stopping;
                _end = neverRan ? null : _end;
                Volatile.Write(ref _shutdown, operation);
            }

            operation.Announce &= announce;
            operation.IsFinal |= !announce;
            stricter = operation.Tighten(mode);
            return operation;
        }
    }

    /// <summary>Makes a shutdown stricter, if it is still under way.</summary>
    /// <returns>Whether the mode is stricter than before.</returns>
    public bool TryTighten(ShutdownOperation operation, ShutdownMode mode)
    {
        lock (this)
        {
            return ReferenceEquals(_shutdown, operation) && operation.Tighten(mode);
        }
    }

    /// <summary>Ends the run for another reason than a shutdown.</summary>
    /// <param name="outcome">The outcome of all open events.</param>
    /// <param name="state">The state after that.</param>
    /// <param name="now">The time stamp of now.</param>
    /// <returns>Whether there was a run to end.</returns>
    public bool TryTerminate(EventOutcome outcome, ControllerState state, long now)
    {
        mailbox.Close();
        lock (this)
        {
            if (_state is ControllerState.Stopped or ControllerState.Failed)
            {
                return false;
            }

            _finalState = state;
            _state = ControllerState.Stopping;
            ShutdownOperation operation = _shutdown ?? new ShutdownOperation(ShutdownMode.Abort, tally.Counts, now);
            operation.Outcome = outcome;
            operation.IsFinal = true;
            Volatile.Write(ref _shutdown, operation);
            return true;
        }
    }

    /// <summary>A handler has vetoed the shutdown: gives it up, unless it is too late for that.</summary>
    public void Veto()
    {
        ShutdownOperation operation;
        lock (this)
        {
            if (_shutdown is not { Mode: ShutdownMode.Drain, RunEnded: false, IsFinal: false } asked)
            {
                return;
            }

            operation = asked;
            Volatile.Write(ref _shutdown, null);
            _state = ControllerState.Running;
            mailbox.Reopen();
        }

        operation.Complete(ReportOf(operation) with { Vetoed = true, Ended = false });
    }

    /// <summary>
    /// Whether the shutdown handlers are to run now that nothing is queued any more. For the draining thread.
    /// </summary>
    public bool TakeAnnouncement()
    {
        if (_shutdown is not { Announce: true } operation)
        {
            return false;
        }

        operation.Announce = false;
        return true;
    }

    /// <summary>Ends the run, once nothing of it is left.</summary>
    /// <param name="stuckToo">Whether it ends without its running handlers.</param>
    /// <param name="isOver">Says whether nothing is left. Called under the lock.</param>
    /// <returns>The shutdown that has ended by this call.</returns>
    public ShutdownOperation? TryEnd(bool stuckToo, Func<ShutdownOperation, bool> isOver)
    {
        lock (this)
        {
            if (_shutdown is not { RunEnded: false } operation)
            {
                return null;
            }

            operation.LeavesStuck |= stuckToo;
            if (_counting > 0 || (!operation.LeavesStuck && !isOver(operation)))
            {
                return null;
            }

            operation.RunEnded = true;
            operation.Timer?.Clear();
            control.EndRun();
            return operation;
        }
    }

    /// <summary>
    /// Settles and counts events. The run does not end meanwhile, so that its report has them; the caller asks for its
    /// end afterwards.
    /// </summary>
    public void WhileCounting(Action settle)
    {
        lock (this)
        {
            _counting++;
        }

        try
        {
            settle();
        }
        finally
        {
            lock (this)
            {
                _counting--;
            }
        }
    }

    /// <summary>Notes that all that belongs to the run has been closed.</summary>
    /// <param name="end">Is to be completed when the callers of the shutdown have their report.</param>
    /// <returns>The shutdown that has ended the run, if one has.</returns>
    public ShutdownOperation? Close(out TaskCompletionSource end)
    {
        lock (this)
        {
            ShutdownOperation? operation = _shutdown;
            Volatile.Write(ref _shutdown, null);
            _state = _finalState;
            _finalState = ControllerState.Stopped;
            end = EndSource;
            return operation;
        }
    }

    /// <summary>Sets the timer of a shutdown, unless the run has ended: it would fire in the next one.</summary>
    public void ArmDeadline(ShutdownOperation operation, TimeProvider time, Action onDeadline)
    {
        lock (this)
        {
            if (ReferenceEquals(_shutdown, operation) && !operation.RunEnded)
            {
                // The end of a run calls adapters, so it must not happen on the timer's thread.
                operation.Timer ??= new DueTimer(time, onDeadline, onPool: true);
                operation.Timer.SetAt(operation.Deadline);
            }
        }
    }

    /// <summary>Gives handlers that have been told to end a moment before the abort.</summary>
    public void ArmOvertime(ShutdownOperation operation)
    {
        lock (this)
        {
            if (!operation.RunEnded)
            {
                operation.Timer?.Set(Overtime);
            }
        }
    }

    /// <summary>The time stamp at which a shutdown becomes stricter. A later call of it may make it earlier.</summary>
    public long DeadlineOf(ShutdownOperation operation)
    {
        lock (this)
        {
            return operation.Deadline;
        }
    }

    /// <summary>Counts the events that have ended since a shutdown began.</summary>
    public ShutdownReport ReportOf(ShutdownOperation operation) =>
        (tally.Counts - operation.Before).Report(operation.Abandoned);

    /// <summary>Under the lock.</summary>
    private TaskCompletionSource EndSource =>
        _end ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource CompletedSource()
    {
        TaskCompletionSource source = new();
        source.SetResult();
        return source;
    }
}
