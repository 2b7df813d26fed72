using EventDrivenActors.EventLoop.Mailbox;
using EventDrivenActors.Handlers;
using EventDrivenActors.Sessions;
using EventDrivenActors.Waits;

namespace EventDrivenActors.EventLoop;

/// <summary>
/// Puts the loop of a controller and the owners around it together, and passes on to them what controllers, pools,
/// pendings and waits ask. Any thread.
/// </summary>
internal sealed class LoopFacade : IEventOwner<Pending>, IReceiver, INeed
{
    private readonly LoopSettings _settings;
    private readonly LoopSessions _sessions;
    private readonly LoopPosition _position;
    private readonly ParkedHandler _parked;
    private readonly LoopControl _control = new();
    private readonly LoopQueues _queues;
    private readonly RunState _run;
    private readonly EntryGate _gate;
    private readonly EventPlans _plans;
    private readonly EventTally _tally = new();
    private readonly UnstartedEvents _unstarted;
    private readonly OpenEvents _open;
    private readonly Settlement _settlement;
    private readonly Workload _workload;
    private readonly Stopping _stopping;
    private readonly Waiters _waiters;
    private readonly Intake _intake;

    public LoopFacade(LoopSettings settings)
    {
        bool filters = settings.InboundFilters.Count > 0;
        RelayTurn relay = filters ? new RelayTurn() : RelayTurn.Never;
        _settings = settings;
        Mailbox = new EventMailbox(settings.Capacity, settings.FullMode);
        _waiters = new Waiters(this, settings.WentIdle);
        _intake = new Intake(settings, Mailbox, _waiters, this);
        _plans = new EventPlans(settings);
        _sessions = new LoopSessions(settings, _plans, relay);
        _position = new LoopPosition(_sessions);
        _parked = new ParkedHandler(settings, _position);
        _run = new RunState(Mailbox, _control, _tally);
        _queues = new LoopQueues(settings, Mailbox, _run);
        _unstarted = new UnstartedEvents(Mailbox, _tally);
        ErrorEvents errors = new(settings, Mailbox, _plans);
        EventTimeouts timeouts = new(settings, _position, errors);
        _gate = new EntryGate(_control, _position, _run, timeouts, _tally);
        _settlement = new Settlement(settings, _plans, _run, timeouts, _tally, errors);
        _open = new OpenEvents(this, _position, _settlement, _tally, errors);
        _workload = new Workload(settings, Mailbox, _position, _parked, _open);
        _stopping = new Stopping(settings, _run, _gate, _plans, _unstarted, _open, errors, _workload, _waiters);
        _sessions.Connect(_position, _open, _stopping);
        Loop = new ControllerLoop(
            settings,
            this,
            _control,
            _run,
            _queues,
            _plans,
            _position,
            _parked,
            relay,
            timeouts,
            errors,
            _gate,
            filters ? new FilteredEvents(settings, _plans, _position, relay, _gate) : null,
            _settlement,
            _open,
            _stopping,
            _waiters,
            _tally
        );
        foreach (IIdleSource source in settings.IdleSources)
        {
            source.BecameIdle += _stopping.OnWorkEnded;
        }
    }

    public EventMailbox Mailbox { get; }

    /// <summary>Takes, starts and ends the events.</summary>
    public ControllerLoop Loop { get; }

    public string Name => _settings.Host.Controller.Name;

    public TimeProvider TimeProvider => _settings.TimeProvider;

    /// <inheritdoc cref="LoopSessions.FullContext"/>
    public SessionContext FullContext => _sessions.FullContext;

    public ControllerState State => _run.State;

    /// <summary>Completes when the run has ended and been closed.</summary>
    public Task RunEnd => _run.End;

    /// <summary>Whether nothing is queued, runs, or is in flight at this instant.</summary>
    /// <remarks>After its end a loop is idle, also when an abort has left a handler behind.</remarks>
    public bool IsIdle =>
        State is ControllerState.Stopped or ControllerState.Failed || _workload.IsNone(withAdapters: true);

    /// <inheritdoc cref="Workload.IsHandling"/>
    public bool IsHandling => _workload.IsHandling;

    /// <inheritdoc cref="Workload.Count"/>
    public long Load => _workload.Count;

    /// <inheritdoc cref="OpenEvents.DeferredCount"/>
    public int DeferredCount => _open.DeferredCount;

    /// <summary>How many events have ended, and as what.</summary>
    public EventCounts Ended => _tally.Counts;

    /// <summary>Whether the shutdown has handlers.</summary>
    public bool AnnouncesShutdown => _plans.HandlesShutdown;

    /// <inheritdoc cref="LoopPosition.RunningEvent"/>
    public SessionFrame? RunningEvent => _position.RunningEvent;

    /// <inheritdoc cref="Intake.Accept"/>
    public void Accept(QueuedEvent item) => _intake.Accept(item);

    /// <inheritdoc cref="Intake.AcceptMany"/>
    public void AcceptMany(object? key, ReadOnlySpan<object?> items) => _intake.AcceptMany(key, items);

    /// <inheritdoc cref="Intake.AcceptWhenRoomAsync"/>
    public ValueTask AcceptWhenRoomAsync(Pending pending, CancellationToken cancellationToken) =>
        _intake.AcceptWhenRoomAsync(pending, cancellationToken);

    /// <inheritdoc cref="Intake.AddWhenRoomAsync"/>
    public ValueTask<AddResult> AddWhenRoomAsync(QueuedEvent item, CancellationToken cancellationToken) =>
        _intake.AddWhenRoomAsync(item, cancellationToken);

    /// <summary>Begins a run.</summary>
    /// <param name="context">The context of the run's events.</param>
    /// <param name="seen">The state that the caller has prepared the run from, where that can have changed.</param>
    /// <returns>Whether there was none, and the state is still the one that was seen.</returns>
    public bool Run(SessionContext? context, ControllerState? seen = null)
    {
        bool begins = _run.TryBegin(
            seen,
            () =>
            {
                _sessions.BeginRun(context);
                _settlement.BeginRun();
            }
        );
        if (begins && _parked.IsParked)
        {
            // A handler that an abort left behind ends first.
            _settings.Turns.Request();
        }
        else if (begins)
        {
            _queues.Enlist();
        }

        return begins;
    }

    /// <inheritdoc cref="EntryGate.Suspend"/>
    public void Suspend() => _gate.Suspend();

    /// <returns>Whether it was suspended.</returns>
    public bool Resume()
    {
        bool resumed = _gate.Resume();
        RequestTurnIf(resumed);
        return resumed;
    }

    /// <summary>Lets a suspended loop start one event although it is suspended.</summary>
    /// <returns>Whether it has one that it could start.</returns>
    public bool TryStep()
    {
        bool canStep = !_parked.IsParked && (!Mailbox.IsEmpty || _settings.Shared is { IsEmpty: false });
        if (canStep)
        {
            _control.AllowStep();
        }

        RequestTurnIf(canStep);
        return canStep;
    }

    /// <inheritdoc cref="LoopControl.Hold"/>
    public void Hold(INeed admission) => _control.Hold(admission);

    public void Admit() => RequestTurnIf(_control.Admit());

    /// <inheritdoc cref="LoopControl.BeginStarting"/>
    public void BeginStarting() => _control.BeginStarting();

    public void EndStarting() => RequestTurnIf(_control.EndStarting());

    public int Clean() => BeginClean()();

    /// <inheritdoc cref="Stopping.BeginClean"/>
    public Func<int> BeginClean() => _stopping.BeginClean();

    /// <inheritdoc cref="Stopping.Shutdown"/>
    public Task<ShutdownReport> Shutdown(ShutdownMode mode, TimeSpan deadline, bool announce = true) =>
        _stopping.Shutdown(mode, deadline, announce);

    /// <inheritdoc cref="Stopping.Terminate"/>
    public void Terminate(EventOutcome outcome, ControllerState state = ControllerState.Stopped) =>
        _stopping.Terminate(outcome, state);

    /// <inheritdoc cref="Stopping.Close"/>
    public void Close(IReadOnlyList<Exception> adapterErrors)
    {
        _stopping.Close(adapterErrors);

        // Its handler may have ended while the host could give no turn any more.
        RequestTurnIf(_parked.IsParked);
    }

    /// <inheritdoc cref="Waiters.WaitForIdleAsync"/>
    public Task WaitForIdleAsync(CancellationToken cancellationToken) => _waiters.WaitForIdleAsync(cancellationToken);

    public Task PendingAsync(CancellationToken cancellationToken) =>
        _waiters.WaitForTakenAsync(token => TakenAsync(Mailbox, token), cancellationToken);

    public Task WaitForEndAsync(CancellationToken cancellationToken) =>
        _waiters.WaitForEndAsync(RunEnd, cancellationToken);

    /// <inheritdoc cref="Waiters.ShutdownAsync"/>
    public Task<ShutdownReport> ShutdownAsync(ShutdownMode mode, TimeSpan deadline) =>
        _waiters.ShutdownAsync(mode, () => Shutdown(mode, deadline));

    /// <summary>
    /// Waits until what a mailbox of this loop holds has been taken, and what was taken last has been started.
    /// </summary>
    public async Task TakenAsync(EventMailbox mailbox, CancellationToken cancellationToken)
    {
        await mailbox.PendingAsync(cancellationToken).ConfigureAwait(false);
        _position.AwaitStart();
    }

    void IEventOwner<Pending>.CancelRunning(Pending pending) => _open.Cancel(pending);

    bool IEventOwner<Pending>.Withdraw(Pending pending) => _gate.Withdraw(pending);

    Action? IEventOwner<Pending>.LeftQueue(Pending pending, PendingStatus status) =>
        _unstarted.Remove(pending, status) ? _stopping.OnEventsLeft : null;

    void IEventOwner.LogBroken(Exception exception) => _settings.Host.LogBroken(exception);

    void IEventOwner.LogUnobserved(object key, Exception exception) =>
        _settings.Host.LogFailure(key, exception);

    bool IEventOwner.IsOf(object controller) =>
        ReferenceEquals(controller, _settings.Host.Controller) || ReferenceEquals(controller, _settings.Host.Pool);

    bool IEventOwner<Pending>.TryWrap(Pending of, Type asked, object? result, out object? wrapped) =>
        Awaitable.TryWrap(of, asked, result, out wrapped);

    INeed? IEventOwner<Pending>.NeedOf(Pending pending) =>
        pending.Status switch
        {
            PendingStatus.Queued => this,
            PendingStatus.Running when RunningEvent is { } frame && ReferenceEquals(frame.Pending, pending) => frame,
            _ => null,
        };

    INeed IReceiver.NextTurn => this;

    bool IReceiver.Runs(SessionFrame frame) => ReferenceEquals(frame.Host, _sessions);

    void IReceiver.AddRunning(List<INeed> needs) => needs.Add(this);

    /// <summary>Adds the next turn, if something is queued.</summary>
    public void AddQueued(List<INeed> needs)
    {
        if (!Mailbox.IsEmpty)
        {
            needs.Add(this);
        }
    }

    /// <summary>As a need, the loop stands for its next turn, which needs the end of the running event.</summary>
    void INeed.AddNeeds(List<INeed> needs, bool certainly)
    {
        if (((INeed?)RunningEvent ?? _control.Admission) is { } first)
        {
            needs.Add(first);
        }
    }

    private void RequestTurnIf(bool needed)
    {
        if (needed)
        {
            _settings.Turns.Request();
        }
    }
}
