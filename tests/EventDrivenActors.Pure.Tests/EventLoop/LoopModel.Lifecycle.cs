namespace EventDrivenActors.Pure.Tests.EventLoop;

internal sealed partial class LoopModel
{
    private ModelShutdown? _operation;

    public ControllerState State { get; private set; }

    public bool InRun { get; private set; }

    public bool Suspended { get; private set; }

    public TimeSpan Now { get; private set; }

    /// <summary>Whether the host was asked to close the run.</summary>
    public bool EndRequested { get; private set; }

    public ModelShutdown? Operation => _operation;

    private bool IsOpen => State is ControllerState.Created or ControllerState.Running;

    /// <summary>
    /// Whether nothing of the run is left. A suspended loop has nobody to announce a strict shutdown to, nor a drain
    /// where nobody handles it.
    /// </summary>
    private bool MayEnd =>
        _operation is { } operation
        && IsEmptyHanded
        && (!operation.Announce || (Suspended && (operation.Mode != ShutdownMode.Drain || !shape.Hooked)));

    public bool Run()
    {
        if (State is ControllerState.Running or ControllerState.Stopping)
        {
            return false;
        }

        State = ControllerState.Running;
        InRun = true;
        return true;
    }

    public void Suspend() => Suspended = true;

    public void Resume() => Suspended = false;

    public ModelShutdown Shutdown(ShutdownMode mode, TimeSpan deadline, bool vetoed)
    {
        if (State == ControllerState.Stopped)
        {
            return new ModelShutdown(mode, Now) { Completed = true };
        }

        mode = State == ControllerState.Created ? ShutdownMode.Abort : mode;
        if (_operation is null)
        {
            _operation = new ModelShutdown(ShutdownMode.Drain, Now + deadline) { Announce = true, Vetoes = vetoed };
            CloseQueue();
        }
        else
        {
            _operation.Deadline = _operation.Deadline < Now + deadline ? _operation.Deadline : Now + deadline;
        }

        ModelShutdown operation = _operation;
        operation.TimerAt = operation.Deadline > Now ? operation.Deadline : Now;
        Tighten(operation, mode);
        return operation;
    }

    public void Terminate()
    {
        if (State == ControllerState.Stopped)
        {
            return;
        }

        _operation ??= new ModelShutdown(ShutdownMode.Abort, Now);
        CloseQueue();
        SettleOpen(PendingStatus.Closed);
        EndRun();
    }

    public void Close()
    {
        SettleOpen(PendingStatus.Closed);
        Reported += _errors.Count;
        _errors.Clear();
        _operation!.Completed = true;
        _operation = null;
        EndRequested = false;
        State = ControllerState.Stopped;
        Suspended = false;
        InRun = false;
    }

    public void Advance(TimeSpan time)
    {
        TimeSpan end = Now + time;
        while (true)
        {
            TimeSpan? timesOut = Running?.TimesOutAt;
            TimeSpan? deadline = _operation?.TimerAt;
            if (timesOut is { } out1 && out1 <= end && (deadline is null || out1 < deadline))
            {
                Now = out1;
                TimeOut(Running!);
            }
            else if (deadline is { } out2 && out2 <= end)
            {
                Now = out2;
                PassDeadline(_operation!);
            }
            else
            {
                Now = end;
                return;
            }
        }
    }

    private void TimeOut(ScriptedEvent running)
    {
        running.TimesOutAt = null;
        running.TokenFires = true;
        if (Settle(running, PendingStatus.Running, PendingStatus.TimedOut))
        {
            RaiseError(running);
        }
    }

    private void PassDeadline(ModelShutdown operation)
    {
        bool drains = operation.Mode == ShutdownMode.Drain;
        operation.TimerAt = drains ? Now + TimeSpan.FromSeconds(1) : null;
        Tighten(operation, drains ? ShutdownMode.Finish : ShutdownMode.Abort);
    }

    private void Tighten(ModelShutdown operation, ShutdownMode mode)
    {
        if (mode <= operation.Mode)
        {
            return;
        }

        operation.Mode = mode;
        SettleQueued(PendingStatus.Cancelled);
        if (mode == ShutdownMode.Abort)
        {
            SettleOpen(PendingStatus.Cancelled);
            EndRun();
        }
        else
        {
            EndRunIfDone();
        }
    }

    private void TakeShutdown(ModelShutdown operation)
    {
        if (shape.Hooked && operation is { Vetoes: true, Mode: ShutdownMode.Drain })
        {
            operation.Completed = true;
            operation.Vetoed = true;
            _operation = null;
            State = ControllerState.Running;
        }
    }

    private void SettleOpen(PendingStatus outcome)
    {
        SettleQueued(outcome);
        if (Running is { } running)
        {
            running.TokenFires = true;
            Settle(running, PendingStatus.Running, outcome);
        }

        foreach (ScriptedEvent deferred in _deferred)
        {
            deferred.TokenFires = true;
            Settle(deferred, PendingStatus.Running, outcome);
        }

        _deferred.Clear();
    }

    private void CloseQueue()
    {
        State = ControllerState.Stopping;
        Waiting.Clear();
    }

    private void EndRunIfDone()
    {
        if (InRun && MayEnd)
        {
            EndRun();
        }
    }

    private void EndRun()
    {
        InRun = false;
        EndRequested = true;
    }
}
