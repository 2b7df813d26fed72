using System.Collections.Immutable;
using Akka.Actor;
using EventDrivenActors.Pools;
using EventDrivenActors.Waits;

namespace EventDrivenActors;

public sealed partial class ControllerPool
{
    private SessionContext? _runContext;
    private ControllerState _state;
    private bool _suspended;
    private bool _endsWorkers;
    private PoolShutdown? _shutdown;
    private TaskCompletionSource _runEnd = new();
    private TaskCompletionSource? _workersChange;

    /// <inheritdoc/>
    public override ControllerState State
    {
        get
        {
            lock (_gate)
            {
                return _state == ControllerState.Running && _suspended ? ControllerState.Suspended : _state;
            }
        }
    }

    /// <inheritdoc/>
    public override void Run(SessionContext? context = null)
    {
        lock (_gate)
        {
            if (_state is ControllerState.Running or ControllerState.Stopping)
            {
                return;
            }

            if (_state != ControllerState.Created)
            {
                if (_options.ActorFactory is IActorContext)
                {
                    throw new InvalidOperationException(
                        $"The pool '{Name}' was made under an actor's context, which only that actor may use again; "
                            + "make a new pool there instead of calling Run."
                    );
                }

                _runtime.ThrowIfEnded(Name);
                _actor.Renew(IsLate);
                _runtime.Track(this);
            }

            _readiness.Forget();
            _runContext = context;
            _runEnd = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _state = ControllerState.Running;
            _endsWorkers = false;
            _finalOutcome = EventOutcome.Cancelled;
            _queue.Reopen();
            StartAll(revive: true);
        }

        _readiness.Begin();
    }

    /// <inheritdoc/>
    public override Task ReadyAsync(CancellationToken cancellationToken = default) =>
        _readiness.WaitAsync(cancellationToken);

    /// <summary>Completes when all workers that still run, or will again, are ready at the same time.</summary>
    private async Task WorkersReadyAsync(CancellationToken cancellationToken)
    {
        bool ready = false;
        while (!ready)
        {
            (ImmutableArray<Controller> workers, Task changed) = WorkersAndTheirChange();
            Task all = Task.WhenAll(
                workers.Where(worker => !HasGivenUp(worker)).Select(worker => worker.ReadyAsync(cancellationToken))
            );
            await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();

            // A worker that has left during the wait does not count, and one that was killed runs again.
            bool same = _roster.Workers == workers;
            ready = all.IsCompletedSuccessfully && same;
            if (!ready && same)
            {
                await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
    }

    private (ImmutableArray<Controller> Workers, Task Changed) WorkersAndTheirChange()
    {
        lock (_gate)
        {
            _workersChange ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (_roster.Workers, _workersChange.Task);
        }
    }

    /// <summary>A worker has ended, begun, or left. Under the gate.</summary>
    private void TellWorkersChange()
    {
        _workersChange?.TrySetResult();
        _workersChange = null;
    }

    /// <inheritdoc/>
    public override Task SuspendAsync()
    {
        lock (_gate)
        {
            _suspended = true;
            return Task.WhenAll(_roster.All.Select(worker => worker.SuspendAsync()));
        }
    }

    /// <inheritdoc/>
    public override void Resume()
    {
        lock (_gate)
        {
            _suspended = false;
            foreach (Controller worker in _roster.All)
            {
                worker.Resume();
            }
        }
    }

    /// <summary>
    /// A suspension ends with the run, as that of a controller does. Under the gate. It may have met workers that had
    /// ended before the pool: nothing else would resume these.
    /// </summary>
    private void EndSuspension()
    {
        if (_suspended)
        {
            Resume();
        }
    }

    /// <inheritdoc/>
    public override Task<ShutdownReport> ShutdownAsync(
        ShutdownMode mode = ShutdownMode.Drain,
        TimeSpan? deadline = null
    ) => ShutDownAsync(mode, Deadline(_runtime, deadline));

    private async Task<ShutdownReport> ShutDownAsync(ShutdownMode mode, TimeSpan deadline)
    {
        HandlerWait? wait = SessionFrame.Current.IsActive ? HandlerWait.Of(EndOfRun) : null;
        wait = mode == ShutdownMode.Abort && !ReferenceEquals(wait?.Frame.Host.Pool, this) ? null : wait;
        if (BeginShutdown(ref mode, out bool begun) is not { } shutdown)
        {
            return new ShutdownReport(0, 0, 0);
        }

        shutdown.Demand(mode, deadline);
        if (begun)
        {
            _ = EndAsync(shutdown);
        }

        bool ends = wait is null || await wait.TryAwaitAsync(shutdown.Report).ConfigureAwait(false);
        return ends ? await shutdown.Report.ConfigureAwait(false) : new ShutdownReport(0, 0, 0) { Ended = false };
    }

    /// <inheritdoc/>
    public override Task WaitAsync(CancellationToken cancellationToken = default)
    {
        Task end;
        lock (_gate)
        {
            end = _state is ControllerState.Running or ControllerState.Stopping ? _runEnd.Task : Task.CompletedTask;
        }

        return end.IsCompleted ? end : HandlerWait.GuardAsync(() => EndOfRun, end.WaitAsync, cancellationToken);
    }

    private Need EndOfRun => new($"the end of '{Name}'", AddWorkers);

    private void AddWorkers(List<INeed> needs) => needs.AddRange(_roster.All.Select(worker => worker.Loop));

    private void AddQueued(List<INeed> needs)
    {
        if (!_queue.IsEmpty)
        {
            needs.Add(_owner);
        }

        foreach (Controller worker in _roster.All)
        {
            worker.Loop.AddIfQueued(needs);
        }
    }

    /// <summary>Ends the pool with its actor or its actor system: everything open settles as closed.</summary>
    internal override async Task TerminateAsync()
    {
        ShutdownMode mode = ShutdownMode.Abort;
        if (BeginShutdown(ref mode, out bool begun, EventOutcome.Closed) is not { } shutdown)
        {
            return;
        }

        _tally.Add(PendingStatus.Closed, _queue.SettleQueued(EventOutcome.Closed));
        await Task.WhenAll(WorkersToEnd(shutdown).Select(worker => worker.TerminateAsync())).ConfigureAwait(false);
        shutdown.Demand(mode, TimeSpan.Zero);
        if (begun)
        {
            _ = EndAsync(shutdown);
        }

        await shutdown.Report.ConfigureAwait(false);
    }

    /// <summary>The shutdown under way, begun now if there was none; nothing when the pool has ended.</summary>
    private PoolShutdown? BeginShutdown(ref ShutdownMode mode, out bool begun, EventOutcome? outcome = null)
    {
        lock (_gate)
        {
            begun = _shutdown is null && _state is not (ControllerState.Stopped or ControllerState.Failed);
            if (begun)
            {
                mode = _state == ControllerState.Created ? ShutdownMode.Abort : mode;
                _shutdown = new PoolShutdown(_owner, _queue, CancelQueued, WorkersToEnd, Ended, _runtime.TimeProvider);
                _state = ControllerState.Stopping;
                _queue.Close();
            }

            _finalOutcome = _shutdown is null ? _finalOutcome : outcome ?? _finalOutcome;
            return _shutdown;
        }
    }

    /// <summary>
    /// The workers, of which none runs again; none where the shutdown is over, for they may be of the next run.
    /// </summary>
    private IReadOnlyList<Controller> WorkersToEnd(PoolShutdown shutdown)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(_shutdown, shutdown))
            {
                return [];
            }

            _endsWorkers = true;
            return _roster.All;
        }
    }

    /// <summary>Under the gate. One that starts may change the members.</summary>
    private void StartAll(bool revive = false)
    {
        foreach (Controller worker in _roster.Workers)
        {
            Start(worker, revive);
        }
    }

    private async Task EndAsync(PoolShutdown shutdown)
    {
        if (
            await shutdown
                .DrainAsync(IdleAsync, () => _roster.All.Any(worker => worker.Loop.AnnouncesShutdown))
                .ConfigureAwait(false)
        )
        {
            bool goesOn;
            lock (_gate)
            {
                goesOn = !_endsWorkers;
                if (goesOn)
                {
                    _shutdown = null;
                    _state = ControllerState.Running;
                    _queue.Reopen();
                    StartAll();
                }
            }

            if (goesOn)
            {
                shutdown.Complete(new ShutdownReport(0, 0, 0) { Vetoed = true, Ended = false });
                return;
            }
        }

        ShutdownReport report = await shutdown.EndAsync().ConfigureAwait(false);
        IActorRef? retired = _actor.Retire();
        TaskCompletionSource runEnd;
        lock (_gate)
        {
            _shutdown = null;
            EndSuspension();
            _state = ControllerState.Stopped;
            runEnd = _runEnd;
        }

        _readiness.Begin();

        _actor.Stop(retired);
        Untrack();
        CheckIdle();
        shutdown.Complete(report);
        runEnd.TrySetResult();
    }
}
