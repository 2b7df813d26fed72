using EventDrivenActors.Mapping;
using EventDrivenActors.Sessions;

namespace EventDrivenActors.EventLoop;

/// <summary>
/// The gate between an event that was taken and one that has started: no event passes it while the loop is suspended,
/// or when it has been cancelled.
/// </summary>
internal sealed class EntryGate(
    LoopControl control,
    LoopPosition position,
    RunState run,
    EventTimeouts timeouts,
    EventTally tally
)
{
    // Under the lock, which is this object's monitor.
    private TaskCompletionSource? _resumed;
    private SessionFrame? _held;

    // The thread on which a filter goes on writes, a thread that suspends reads.
    private bool _entering;

    /// <summary>
    /// Lets no event start any more. An event that is just starting has started when this returns, so that it is seen.
    /// </summary>
    public void Suspend()
    {
        lock (this)
        {
            control.Suspend();
        }

        // After the barrier the draining thread is either past the entry of a handler, or it sees the flag.
        Interlocked.MemoryBarrierProcessWide();
        position.AwaitStart();
        AwaitEntry();
    }

    /// <returns>Whether it was suspended.</returns>
    public bool Resume()
    {
        lock (this)
        {
            if (!control.IsSuspended)
            {
                return false;
            }

            control.Resume();
            Release();
            return true;
        }
    }

    /// <summary>The run is over: what was asked of it does not hold for the next one.</summary>
    public void Reset()
    {
        lock (this)
        {
            control.Reset();
            Release();
        }
    }

    /// <summary>Runs an event whose filters, which may have taken long, have let it through.</summary>
    public ValueTask EnterAsync(Session session, SessionFrame frame, EventPlan plan)
    {
        frame.LeftOut = false;
        Volatile.Write(ref _entering, true);
        bool isHeldBack = control.HoldsBack;
        Volatile.Write(ref _entering, false);
        SynchronizationContext? context = SynchronizationContext.Current;
        ValueTask running =
            isHeldBack ? EnterWhenResumedAsync(session, frame, plan)
            : frame.IsCancelled ? ValueTask.FromException(new OperationCanceledException(session.CancellationToken))
            : plan.RunAsync(session, frame);
        if (!ReferenceEquals(SynchronizationContext.Current, context))
        {
            // The filter awaits in its own, not in one that a handler has set.
            SynchronizationContext.SetSynchronizationContext(context);
        }

        return running;
    }

    /// <summary>
    /// Holds an event that was taken before the suspension and has not started: it does so on resume, or is cancelled
    /// and never runs.
    /// </summary>
    public async ValueTask EnterWhenResumedAsync(Session session, SessionFrame frame, EventPlan plan)
    {
        frame.StayInTurn();
        timeouts.End();
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
        timeouts.Begin(frame);
        await plan.RunAsync(session, frame).ConfigureAwait(true);
    }

    /// <summary>Cancels an event that was taken and has certainly not started.</summary>
    public bool Withdraw(Pending pending)
    {
        position.AwaitStart();
        return Settle(EventOutcome.Cancelled, pending) > 0;
    }

    /// <summary>Settles the event at the gate; where an event is given, only that one.</summary>
    /// <returns>How many events that were.</returns>
    public int Settle(EventOutcome outcome, Pending? only = null)
    {
        SessionFrame? held;
        int version;
        lock (this)
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
            tally.Add(outcome.Status);
        }

        return counts ? 1 : 0;
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

    /// <summary>Null when the event may enter, or was cancelled meanwhile.</summary>
    private Task? HoldOrEnter(SessionFrame frame, bool first)
    {
        Task? resumed;
        lock (this)
        {
            bool cancelled = !first && !ReferenceEquals(_held, frame);
            _held = control.IsSuspended && !cancelled ? frame : null;
            resumed = _held is null
                ? null
                : (_resumed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        // After the event is held: a shutdown that is no drain either finds it there, or is seen here.
        if (resumed is not null && run.Shutdown is { Mode: not ShutdownMode.Drain } shutdown)
        {
            Settle(shutdown.Outcome);
        }

        return resumed;
    }

    private void Forget(SessionFrame frame)
    {
        lock (this)
        {
            _held = ReferenceEquals(_held, frame) ? null : _held;
        }
    }

    /// <summary>Lets the held event go on. Under the lock.</summary>
    private void Release()
    {
        _resumed?.TrySetResult();
        _resumed = null;
    }
}
