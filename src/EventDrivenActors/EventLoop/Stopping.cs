namespace EventDrivenActors.EventLoop;

/// <summary>Ends runs: does what a shutdown, its deadline, or the end of the actor demands. Any thread.</summary>
internal sealed class Stopping(
    LoopSettings settings,
    RunState run,
    EntryGate gate,
    EventPlans plans,
    UnstartedEvents queued,
    OpenEvents open,
    ErrorEvents errors,
    Workload workload,
    Waiters waiters
)
{
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(4);

    /// <summary>Asks for the end of the run, or makes one that is asked for stricter.</summary>
    /// <param name="mode">How to end.</param>
    /// <param name="deadline">When to become stricter.</param>
    /// <param name="announce">Whether the shutdown handlers run, and may veto; a pool runs them once for all its
    /// workers.</param>
    public Task<ShutdownReport> Shutdown(ShutdownMode mode, TimeSpan deadline, bool announce)
    {
        long due = DueTimer.Later(settings.TimeProvider, settings.TimeProvider.GetTimestamp(), deadline);
        if (run.BeginShutdown(ref mode, due, announce, out bool stricter) is not { } operation)
        {
            return Task.FromResult(new ShutdownReport(0, 0, 0));
        }

        if (stricter)
        {
            Enforce(operation, mode);
        }

        settings.Shared?.Delist(settings.Turns);
        run.ArmDeadline(operation, settings.TimeProvider, () => OnDeadline(operation));
        settings.Turns.Request();
        return operation.Report;
    }

    /// <summary>
    /// Ends the run at once: everything open settles with one outcome, whatever a stuck handler does.
    /// </summary>
    public void Terminate(EventOutcome outcome, ControllerState state)
    {
        if (!run.TryTerminate(outcome, state, settings.TimeProvider.GetTimestamp()))
        {
            return;
        }

        settings.Shared?.Delist(settings.Turns);
        run.WhileCounting(() => SettleAll(outcome, run.Shutdown));
        waiters.CheckIdle();
        TryEnd(stuckToo: true);
    }

    /// <summary>Hands the run over to the host for closing, once nothing of it is left.</summary>
    /// <param name="stuckToo">Whether it ends without its running handlers.</param>
    public void TryEnd(bool stuckToo)
    {
        if (run.TryEnd(stuckToo, IsOver) is { } operation)
        {
            long ended = settings.TimeProvider.GetTimestamp();
            settings.Host.RunEnded(() =>
                DueTimer.Later(settings.TimeProvider, Math.Max(run.DeadlineOf(operation), ended), ClosingTime)
            );
        }
    }

    /// <summary>Ends the run that the host has closed.</summary>
    /// <param name="adapterErrors">The exceptions that adapters threw meanwhile.</param>
    public void Close(IReadOnlyList<Exception> adapterErrors)
    {
        SettleAll(EventOutcome.Closed);
        settings.Shared?.Delist(settings.Turns);
        errors.LogUnrun();

        // Before the state says that the run is over: a suspension that comes after that holds for the next run.
        gate.Reset();
        ShutdownOperation? operation = run.Close(out TaskCompletionSource end);
        waiters.CheckIdle();
        operation?.Complete(run.ReportOf(operation) with { AdapterErrors = adapterErrors });
        end.TrySetResult();
    }

    /// <summary>Cancels what is queued, and asks adapters to cancel what they hold.</summary>
    /// <returns>Waits for the adapters, for a limited time, and gives how many events have been cancelled.</returns>
    public Func<int> BeginClean()
    {
        int cleaned = 0;
        run.WhileCounting(() => cleaned = queued.SettleAll(EventOutcome.Cancelled));
        cleaned += gate.Settle(EventOutcome.Cancelled);
        Func<int> adapters = settings.Host.Cleaning();
        OnEventsLeft();
        return () => cleaned + adapters();
    }

    /// <summary>Events have left the queue without the draining thread, which may have waited only for them.</summary>
    public void OnEventsLeft()
    {
        if (run.Shutdown is { } shutdown)
        {
            if (shutdown.LeavesStuck)
            {
                // An abort has met the counting.
                TryEnd(stuckToo: true);
            }

            // A drain of a suspended loop may have waited only for this event.
            settings.Turns.Request();
        }

        waiters.CheckIdle();
    }

    /// <summary>Work outside of the loop has ended, for which the end of the run may have waited.</summary>
    public void OnWorkEnded()
    {
        if (run.IsStopping)
        {
            settings.Turns.Request();
        }

        waiters.CheckIdle();
    }

    private void OnDeadline(ShutdownOperation operation)
    {
        bool drained = operation.Mode == ShutdownMode.Drain;
        ShutdownMode mode = drained ? ShutdownMode.Finish : ShutdownMode.Abort;
        if (run.TryTighten(operation, mode))
        {
            Enforce(operation, mode);
        }

        if (drained)
        {
            run.ArmOvertime(operation);
        }
    }

    private void Enforce(ShutdownOperation operation, ShutdownMode mode)
    {
        run.WhileCounting(() =>
        {
            queued.SettleAll(EventOutcome.Cancelled);
            gate.Settle(EventOutcome.Cancelled);
            if (mode == ShutdownMode.Abort)
            {
                SettleAll(EventOutcome.Cancelled, operation);
            }
        });

        // The loop may be suspended, and then it does not come by to see that nothing is left.
        waiters.CheckIdle();
        if (mode == ShutdownMode.Abort)
        {
            settings.Host.Aborting();
        }
        else
        {
            settings.Host.Finishing();
        }

        TryEnd(stuckToo: mode == ShutdownMode.Abort);
    }

    private void SettleAll(EventOutcome outcome, ShutdownOperation? operation = null)
    {
        queued.SettleAll(outcome);
        open.SettleAll(outcome, operation);
    }

    /// <summary>Whether nothing of the run is left. Under the lock of the run's state.</summary>
    private bool IsOver(ShutdownOperation operation) =>
        workload.IsNone(withAdapters: false)
        && (
            !operation.Announce || (run.IsSuspended && (operation.Mode != ShutdownMode.Drain || !plans.HandlesShutdown))
        )
        && workload.AdaptersAreIdle;
}
