using EventDrivenActors.EventLoop.Mailbox;
using EventDrivenActors.Mapping;
using EventDrivenActors.Sessions;

namespace EventDrivenActors.EventLoop;

internal sealed partial class ControllerLoop
{
    private SessionFrame _frame;
    private TurnThread? _thread;
    private MappingTable _table;
    private object? _plannedKey;
    private EventPlan? _plan;
    private bool _own;
    private bool _filtered;
    private int _signals;
    private int _sinceIdle;
    private int _phase;
    private int _round;

    /// <summary>Takes and runs events until none is left, a handler suspends, or the budget is spent.</summary>
    /// <param name="budget">The most events of this turn.</param>
    /// <returns>Whether there is more to do: the owner schedules another drain after its other messages.</returns>
    public bool Drain(int budget)
    {
        // A drain that meets another one leaves a signal; the one at work looks again before it leaves.
        if (Interlocked.Increment(ref _signals) != 1)
        {
            return false;
        }

        ExecutionContext? outer = ExecutionContext.Capture();
        TurnThread thread = _thread ??= new TurnThread(outer);
        thread.BeginTurn();
        try
        {
            for (int rounds = 1; ; rounds++)
            {
                int seen = Volatile.Read(ref _signals);

                // Events that come one by one must not keep the thread for ever either.
                if (DrainSafely(budget) || rounds >= budget && Volatile.Read(ref _signals) != seen)
                {
                    Volatile.Write(ref _phase, LoopPhase.Inactive);
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

    /// <summary>No effect at the edge, and no adapter, may stop the loop by throwing.</summary>
    private bool DrainSafely(int budget)
    {
        try
        {
            return DrainOnce(budget);
        }
        catch (Exception exception)
        {
            _settings.Host.ReportBroken(exception);
            if (!_parked)
            {
                Pending? pending = _frame.Pending;
                if (_frame.IsActive)
                {
                    _frame.End();
                }

                _thread!.Forget();
                pending?.TrySettle(EventOutcome.Faulted(exception));
                _frame.Pending = null;
            }

            return true;
        }
    }

    private bool DrainOnce(int budget)
    {
        Volatile.Write(ref _round, _round + 1);
        if (_parked)
        {
            EnterPostponed();
            if (!Unpark())
            {
                return Leave();
            }
        }

        _thread!.Enter(_frame);
        for (int i = 0; i < budget; i++)
        {
            Volatile.Write(ref _phase, LoopPhase.Starting);
            if (_control != 0 && !MayContinue())
            {
                return Leave();
            }

            _sinceIdle++;
            if (
                !Mailbox.TryTakeReady(out QueuedEvent item, out bool dropped)
                && !TryTake(out item, out dropped)
                && !TakeAnnouncement(out item)
            )
            {
                _sinceIdle = 0;
                Leave();
                OnEmpty();
                return false;
            }

            if (!dropped && !Start(item))
            {
                return Leave();
            }
        }

        return true;
    }

    private bool Leave()
    {
        Volatile.Write(ref _phase, LoopPhase.Inactive);
        return false;
    }

    /// <summary>The private mailbox first, then the pool's.</summary>
    private bool TryTake(out QueuedEvent item, out bool dropped)
    {
        if (_sinceIdle > MailboxTuning.Batch)
        {
            (_settings.Shared ?? Mailbox).Linger();
        }

        if (_settings.Shared is not { } shared)
        {
            return Mailbox.TryTake(this, out item, out dropped);
        }

        bool own = !Mailbox.IsEmpty;
        if (!own && !IsStopping && shared.TryTake(this, out item, out dropped))
        {
            return true;
        }

        // It is idle in the shared mailbox now; to be idle in both it must find its own empty after that.
        bool taken = Mailbox.TryTake(this, out item, out dropped);
        if (taken || IsStopping)
        {
            // It may have been woken for an event that another worker must now take.
            shared.Leave(this);
            return taken;
        }

        return own && shared.TryTake(this, out item, out dropped);
    }

    /// <summary>Runs one event.</summary>
    /// <returns>Whether it has ended; otherwise its handler has suspended and the loop is parked.</returns>
    private bool Start(QueuedEvent item)
    {
        Pending? pending = item.Pending;
        if (pending is not null && !pending.TryStart(this))
        {
            return true;
        }

        SessionFrame frame = _frame;
        Session session = new(frame, frame.Begin(pending, item.Key, item.Value));
        Exception? failure = null;
        try
        {
            Task? rest = Handle(session, frame);
            if (rest is not null && Park(rest, frame))
            {
                return false;
            }
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        bool passedOn = frame.Deferred is not null && _settings.Relays is not null;
        Finish(frame, failure);
        if (!passedOn)
        {
            _thread!.EndEvent(frame);
        }

        return true;
    }

    private Task? Handle(Session session, SessionFrame frame)
    {
        bool tapped = Tap is not null && LetListen(session);
        if (_mayTimeOut || frame.Pending is { HasExtras: true })
        {
            ArmTimeout(frame);
        }

        EventPlan? plan =
            ReferenceEquals(frame.Key, _plannedKey) && ReferenceEquals(_settings.Mapping.Snapshot, _table.Source)
                ? _plan
                : LookUp(frame.Key);
        if (plan is null)
        {
            return null;
        }

        if (_filtered)
        {
            Volatile.Write(ref _phase, LoopPhase.Handling);
            frame.LeftOut = true;
            return Rest(_relaying && !_settings.Relays!(session) ? Postpone(session, _inbound!) : _inbound!(session));
        }

        if (_relaying)
        {
            return Rest(Postpone(session, RunPlan));
        }

        bool heldBack = tapped && IsHeldBack;
        Volatile.Write(ref _phase, LoopPhase.Handling);
        return heldBack ? Rest(EnterWhenResumed(session, frame, plan)) : plan.Run(session, frame);
    }

    /// <summary>Listeners hear the event before its handlers. Meanwhile the loop may be suspended.</summary>
    private bool LetListen(Session session)
    {
        Volatile.Write(ref _phase, LoopPhase.Handling);
        Tap?.Taken(session);
        Volatile.Write(ref _phase, LoopPhase.Starting);
        return true;
    }

    /// <summary>What the mapping says of a key, kept for the next event.</summary>
    private EventPlan? LookUp(object key)
    {
        _plannedKey = null;
        _own =
            ReferenceEquals(key, ControllerEvents.Shutdown.Name) || ReferenceEquals(key, ControllerEvents.Error.Name);
        MappingSnapshot snapshot = _settings.Mapping.Snapshot;
        if (!ReferenceEquals(snapshot, _table.Source))
        {
            _table = MappingTable.For(snapshot, _settings.Added);
        }

        _plan =
            ReferenceEquals(key, ControllerEvents.Shutdown.Name) ? _table.Shutdown
            : IsRaised(key, _frame.Value) ? _table.Error
            : _table.Find(key);
        _filtered =
            _inbound is not null && !ReferenceEquals(_plan, _table.Shutdown) && !ReferenceEquals(_plan, _table.Error);

        // An error event that a user has dispatched is one like any other.
        _plannedKey = ReferenceEquals(key, ControllerEvents.Error.Name) ? null : key;
        return _plan;
    }

    IReadOnlyList<MappingEntry> ISessionHost.HandlersOf(SessionFrame frame) =>
        (
            ReferenceEquals(frame, _frame)
                ? _plan
                : MappingTable.For(_settings.Mapping.Snapshot, _settings.Added).Find(frame.Key)
        )?.Handlers
        ?? [];

    /// <summary>
    /// Whether an event is the error event that the loop itself has raised; only error handlers get it.
    /// </summary>
    private static bool IsRaised(object key, object? value) =>
        ReferenceEquals(key, ControllerEvents.Error.Name) && value is HandlerFailure;
}
