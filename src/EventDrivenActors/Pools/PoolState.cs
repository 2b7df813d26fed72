namespace EventDrivenActors.Pools;

/// <summary>Where a pool's run is, and so whether its workers are to run.</summary>
internal sealed class PoolState
{
    // Under Gate.
    private ControllerState _phase;
    private bool _endsWorkers;
    private TaskCompletionSource _end = new();

    /// <summary>The pool's gate: it guards the state, and every change of the members.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The state that users see.</summary>
    public ControllerState Shown
    {
        get
        {
            lock (Gate)
            {
                return _phase == ControllerState.Running && IsSuspended ? ControllerState.Suspended : _phase;
            }
        }
    }

    /// <summary>Completes with the run; at once where there is none.</summary>
    public Task End
    {
        get
        {
            lock (Gate)
            {
                return IsOn ? _end.Task : Task.CompletedTask;
            }
        }
    }

    /// <summary>The state but for a suspension. Under the gate.</summary>
    public ControllerState Phase => _phase;

    /// <summary>Whether a run is on, or ends. Under the gate.</summary>
    public bool IsOn => _phase is ControllerState.Running or ControllerState.Stopping;

    /// <summary>Whether the last run has ended. Under the gate.</summary>
    public bool IsOver => _phase is ControllerState.Stopped or ControllerState.Failed;

    /// <summary>Whether the workers are to run: the pool runs, or drains. Under the gate.</summary>
    public bool KeepsWorkers =>
        _phase == ControllerState.Running || (_phase == ControllerState.Stopping && !_endsWorkers);

    /// <summary>Whether workers take no event. It may come before a run. Under the gate.</summary>
    public bool IsSuspended { get; set; }

    /// <summary>The context of the run's events. Under the gate.</summary>
    public SessionContext? RunContext { get; private set; }

    /// <summary>
    /// The outcome of events that the run leaves unstarted: cancelled, unless something else than a shutdown has ended
    /// the run. Under the gate.
    /// </summary>
    public EventOutcome FinalOutcome { get; set; } = EventOutcome.Cancelled;

    /// <summary>A run begins. Under the gate.</summary>
    public void Begin(SessionContext? context)
    {
        RunContext = context;
        _end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _phase = ControllerState.Running;
        _endsWorkers = false;
        FinalOutcome = EventOutcome.Cancelled;
    }

    /// <summary>A shutdown begins, and the workers still run. Under the gate.</summary>
    public void BeginStopping() => _phase = ControllerState.Stopping;

    /// <summary>From now on no worker runs again. Under the gate.</summary>
    public void EndWorkers() => _endsWorkers = true;

    /// <summary>Takes a shutdown back that was vetoed. Under the gate.</summary>
    /// <returns>Whether that is possible: a stricter shutdown may end the workers already.</returns>
    public bool TryGoOn()
    {
        if (!_endsWorkers)
        {
            _phase = ControllerState.Running;
        }

        return !_endsWorkers;
    }

    /// <summary>The run is over. Under the gate.</summary>
    /// <returns>The caller completes it when everything of the run has ended.</returns>
    public TaskCompletionSource Finish(ControllerState phase)
    {
        _phase = phase;
        return _end;
    }
}
