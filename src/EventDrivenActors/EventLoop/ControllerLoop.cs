using EventDrivenActors.EventLoop.Mailbox;
using EventDrivenActors.Sessions;

namespace EventDrivenActors.EventLoop;

/// <summary>
/// The event loop of a controller as a state machine: no actor, no thread of its own, its effects at
/// <see cref="ILoopHost"/>, and its turns from <see cref="ITurns"/>.
/// </summary>
/// <remarks>
/// Here is what happens for each event: it is taken (<see cref="Drain"/>), started (Start) and ended (Finish). A drain
/// that meets another one leaves a signal, so that one thread is at work at a time: the draining thread. Everything
/// else belongs to owners with fields of their own, which <see cref="LoopFacade"/> puts together.
/// </remarks>
internal sealed partial class ControllerLoop(
    LoopSettings settings,
    IEventOwner<Pending> owner,
    LoopControl control,
    RunState run,
    LoopQueues queues,
    EventPlans plans,
    LoopPosition position,
    ParkedHandler parked,
    RelayTurn relay,
    EventTimeouts timeouts,
    ErrorEvents errors,
    EntryGate gate,
    FilteredEvents? filters,
    Settlement settlement,
    OpenEvents open,
    Stopping stopping,
    Waiters waiters,
    EventTally tally
)
{
    // The draining thread.
    private TurnThread? _thread;

    // Any thread, by interlocked operations: not 0 while a drain is at work.
    private int _signals;

    /// <summary>Listeners of this loop's events; <see langword="null"/> costs nothing. Any thread sets it.</summary>
    public ITap? Tap
    {
        get;
        set
        {
            errors.Tap = value;
            field = value;
        }
    }

    /// <summary>Takes and runs events until none is left, a handler suspends, or the budget is spent.</summary>
    /// <param name="budget">The most events of this turn.</param>
    /// <returns>Whether there is more to do: the caller gives another turn, after other work.</returns>
    public bool Drain(int budget)
    {
        // A drain that meets another one leaves a signal; the one at work looks again before it leaves.
        if (Interlocked.Increment(ref _signals) != 1)
        {
            return false;
        }

        ExecutionContext? outer = ExecutionContext.Capture();
        TurnThread thread = _thread ?? BeginFirstTurn(outer);
        thread.BeginTurn();
        try
        {
            for (int rounds = 1; ; rounds++)
            {
                int seen = Volatile.Read(ref _signals);

                // Events that come one by one must not keep the thread for ever either.
                if (DrainSafely(budget) || rounds >= budget && Volatile.Read(ref _signals) != seen)
                {
                    position.EndRound();
                    Interlocked.Exchange(ref _signals, 0);
                    return true;
                }

                if (Interlocked.CompareExchange(ref _signals, 0, seen) == seen)
                {
                    return false;
                }
            }
        }
        finally
        {
            thread.EndTurn(outer);
        }
    }

    private TurnThread BeginFirstTurn(ExecutionContext? outer)
    {
        position.BeginFirstTurn();
        return _thread = new TurnThread(outer);
    }

    /// <summary>
    /// Passes a few events on, on the thread that dispatches, where the loop is idle and is likely to run no handler
    /// for them. See <see cref="RelayTurn"/>.
    /// </summary>
    /// <returns>Whether the calling thread had the turn; otherwise another thread must have it.</returns>
    public bool TryRelay()
    {
        if (!MayRelay || Interlocked.CompareExchange(ref _signals, 1, 0) != 0)
        {
            return false;
        }

        TurnThread thread = _thread!;
        ExecutionContext? outer = ExecutionContext.Capture();
        bool more;
        relay.Begin(thread.InitialContext!);
        try
        {
            thread.BeginTurn();
            more = DrainSafely(RelayTurn.Budget);
        }
        finally
        {
            thread.EndTurn(outer);
            relay.RestoreThread();
        }

        more |= relay.End();
        position.EndRound();
        if (Interlocked.Exchange(ref _signals, 0) != 1 || more)
        {
            settings.Turns.Request();
        }

        return true;
    }

    /// <summary>Whether the next event is likely to be just passed on, and the calling thread may do that.</summary>
    /// <remarks>
    /// Nothing else needs a look: a loop that is suspended or ends, and an event that has a handler, ask for an
    /// ordinary turn by themselves.
    /// </remarks>
    private bool MayRelay =>
        relay.IsLikely
        && _thread is { InitialContext: not null }
        && Tap is null
        && open.DeferredCount < RelayTurn.Busy
        && RelayTurn.MayRunHere;

    /// <summary>No effect at the edge, and no adapter, may stop the loop by throwing.</summary>
    private bool DrainSafely(int budget)
    {
        try
        {
            return DrainOnce(budget);
        }
        catch (Exception exception)
        {
            settings.Host.LogBroken(exception);
            if (!parked.IsParked)
            {
                SessionFrame frame = position.Frame;
                Pending? pending = frame.Pending;
                if (frame.IsActive)
                {
                    frame.End();
                }

                _thread!.Forget();
                pending?.TrySettle(EventOutcome.Faulted(exception));
                frame.Pending = null;
            }

            return true;
        }
    }

    private bool DrainOnce(int budget)
    {
        position.BeginRound();
        if (parked.IsParked)
        {
            EnterPostponed();
            if (parked.IsRunning)
            {
                position.EndRound();
                return false;
            }

            Unpark();
        }

        TurnThread thread = _thread!;
        SessionFrame frame = position.Frame;
        thread.Enter(frame);
        for (int i = 0; i < budget; i++)
        {
            position.BeginStarting();
            if (!control.IsOpen && (relay.IsRunning || !control.TryStep()))
            {
                OnNotOpen();
                return false;
            }

            if (!queues.TryTake(out QueuedEvent item, out bool dropped) && !TryTakeAnnouncement(out item))
            {
                queues.EndBatch();
                OnEmpty();
                return false;
            }

            if (!dropped && !Start(item, frame, thread))
            {
                position.EndRound();
                return false;
            }
        }

        return true;
    }

    private bool TryTakeAnnouncement(out QueuedEvent item)
    {
        item = run.TakeAnnouncement() ? new QueuedEvent(ControllerEvents.Shutdown.Name) : default;
        return item.IsPost;
    }

    /// <summary>The loop is suspended, held, or has no run: no event may start.</summary>
    private void OnNotOpen()
    {
        position.EndRound();
        if (relay.IsRunning)
        {
            relay.RequestTurn();
            return;
        }

        queues.DelistShared();
        Interlocked.MemoryBarrier();
        waiters.CheckIdle();
        if (control.IsRunning && run.IsStopping)
        {
            stopping.TryEnd(stuckToo: false);
        }
    }

    /// <summary>
    /// Ends the event whose handler an abort has left behind, if that has ended. Takes nothing: the next run may begin
    /// meanwhile.
    /// </summary>
    public void EndLeftBehind()
    {
        Drain(budget: 0);
        waiters.CheckIdle();
    }

    private void OnEmpty()
    {
        position.EndRound();

        // Pairs with the barrier of the waiting calls: either they see this loop inactive, or it sees them waiting.
        Interlocked.MemoryBarrier();
        waiters.CheckIdle();
        if (!run.IsStopping)
        {
            return;
        }

        if (relay.IsRunning)
        {
            relay.RequestTurn();
        }
        else
        {
            stopping.TryEnd(stuckToo: false);
        }
    }
}
