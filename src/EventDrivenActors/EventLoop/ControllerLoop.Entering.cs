using EventDrivenActors.Mapping;
using EventDrivenActors.Sessions;

namespace EventDrivenActors.EventLoop;

/// <content>
/// The gate between an event that was taken and one that has started: no event passes it while the loop is suspended,
/// or when it has been cancelled.
/// </content>
internal sealed partial class ControllerLoop
{
    private TaskCompletionSource? _resumed;
    private SessionFrame? _held;
    private bool _entering;

    private bool IsHeldBack => (_control & LoopControl.Suspended) != 0 && !_stepping;

    bool IPendingOwner.Withdraw(Pending pending)
    {
        AwaitStart();
        return CancelHeld(pending) > 0;
    }

    /// <summary>The end of the chain of filters, which may have taken long.</summary>
    private ValueTask RunPlan(Session session)
    {
        if (_relaying)
        {
            return Postpone(session, RunPlan);
        }

        _passesOn = false;
        SessionFrame frame = _frame;
        EventPlan plan = _plan!;
        frame.LeftOut = false;
        Volatile.Write(ref _entering, true);
        bool suspended = IsHeldBack;
        Volatile.Write(ref _entering, false);
        SynchronizationContext? context = SynchronizationContext.Current;
        ValueTask running =
            suspended ? EnterWhenResumed(session, frame, plan)
            : frame.IsCancelled ? ValueTask.FromException(new OperationCanceledException(frame.CancellationToken))
            : plan.RunAsync(session, frame);
        if (!ReferenceEquals(SynchronizationContext.Current, context))
        {
            // The filter awaits in its own, not in one that a handler has set.
            SynchronizationContext.SetSynchronizationContext(context);
        }

        return running;
    }

    /// <summary>Waits while a filter's thread is at the gate.</summary>
    private void AwaitEntry()
    {
        SpinWait spin = default;
        while (Volatile.Read(ref _entering))
        {
            spin.SpinOnce();
        }
    }

    /// <summary>
    /// Holds an event that was taken before the suspension and has not started: it does so on resume, or is cancelled
    /// and never runs.
    /// </summary>
    private async ValueTask EnterWhenResumed(Session session, SessionFrame frame, EventPlan plan)
    {
        frame.StayInTurn();
        DisarmTimeout();
        CancellationToken token = session.CancellationToken;
        try
        {
            for (bool first = true; HoldOrEnter(frame, first) is { } resumed; first = false)
            {
                await resumed.WaitAsync(token).ConfigureAwait(true);
            }
        }
        catch (OperationCanceledException)
        {
            Forget(frame);
            throw;
        }

        token.ThrowIfCancellationRequested();
        ArmTimeout(frame);
        await plan.RunAsync(session, frame).ConfigureAwait(true);
    }

    /// <summary>Null when the event may enter, or was cancelled meanwhile.</summary>
    private Task? HoldOrEnter(SessionFrame frame, bool first)
    {
        Task? resumed;
        ShutdownOperation? ending;
        EventOutcome outcome;
        lock (_gate)
        {
            bool cancelled = !first && !ReferenceEquals(_held, frame);
            _held = _suspended && !cancelled ? frame : null;
            resumed = _held is null
                ? null
                : (_resumed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            ending = resumed is null ? null : _shutdown;
            outcome = ending?.Outcome ?? EventOutcome.Cancelled;
        }

        if (ending is { Mode: not ShutdownMode.Drain })
        {
            // Its filter has let it through after what was queued had been settled.
            SettleHeld(outcome);
        }

        return resumed;
    }

    private void Forget(SessionFrame frame)
    {
        lock (_gate)
        {
            _held = ReferenceEquals(_held, frame) ? null : _held;
        }
    }

    /// <summary>Under the gate.</summary>
    private void ReleaseHeld()
    {
        _resumed?.TrySetResult();
        _resumed = null;
    }

    /// <summary>Cancels the event at the gate; where an event is given, only that one.</summary>
    private int CancelHeld(Pending? only = null) => SettleHeld(EventOutcome.Cancelled, only);

    private int SettleHeld(EventOutcome outcome, Pending? only = null)
    {
        SessionFrame? held;
        int version;
        lock (_gate)
        {
            held = _held;
            if (held is null || (only is not null && !ReferenceEquals(held.Pending, only)))
            {
                return 0;
            }

            version = held.Version;
            _held = null;
        }

        Pending? pending = held.Pending;
        bool settled = pending?.TrySettle(outcome) ?? true;
        bool counts = settled && pending is not { Counts: false } && !held.IsCounted;
        held.Cancel(version, counted: counts);
        if (counts)
        {
            _tally.Add(outcome.Status);
        }

        return counts ? 1 : 0;
    }
}
