using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors.EventLoop;

internal sealed partial class ControllerLoop
{
    private static readonly TimeSpan Overtime = TimeSpan.FromSeconds(1);

    /// <summary>Asks for the end of the run, or makes one that is asked for stricter.</summary>
    /// <param name="mode">How to end.</param>
    /// <param name="deadline">When to become stricter.</param>
    /// <param name="announce">Whether the shutdown handlers run, and may veto; a pool runs them once for all its
    /// workers.</param>
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
            long due = Later(deadline);
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
                _runEnd = neverRan
                    ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
                    : _runEnd;
                Volatile.Write(ref _shutdown, operation);
            }

            operation.Announce &= announce;
            operation.IsFinal |= !announce;
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
            if (
                !vetoed
                || operation is null or { Mode: not ShutdownMode.Drain } or { RunEnded: true } or { IsFinal: true }
            )
            {
                return;
            }

            Volatile.Write(ref _shutdown, null);
            _state = ControllerState.Running;
            Mailbox.Reopen();
        }

        operation.Complete((Ended - operation.Before).Report() with { Vetoed = true, Ended = false });
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
        WhileCounting(() =>
        {
            CancelQueued();
            CancelHeld();
            if (mode == ShutdownMode.Abort)
            {
                SettleOpen(EventOutcome.Cancelled, operation);
            }
        });

        // The loop may be suspended, and then it does not come by to see that nothing is left.
        CheckIdle();
        if (mode == ShutdownMode.Abort)
        {
            _settings.Host.Aborting();
        }
        else
        {
            _settings.Host.Finishing();
        }

        TryEndRun(stuckToo: mode == ShutdownMode.Abort);
    }

    private void ArmDeadline(ShutdownOperation operation)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(_shutdown, operation) || operation.RunEnded)
            {
                // It has ended already: its timer would fire in the next run.
                return;
            }

            // The end of a run calls adapters, so it must not happen here.
            operation.Timer ??= new DueTimer(_settings.TimeProvider, () => OnDeadline(operation), onPool: true);
            operation.Timer.SetAt(operation.Deadline);
        }
    }

    private void OnDeadline(ShutdownOperation operation)
    {
        if (operation.Mode == ShutdownMode.Drain)
        {
            Tighten(operation, ShutdownMode.Finish);
            lock (_gate)
            {
                if (!operation.RunEnded)
                {
                    operation.Timer?.Set(Overtime);
                }
            }
        }
        else
        {
            Tighten(operation, ShutdownMode.Abort);
        }
    }
}
