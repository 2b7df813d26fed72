using Akka.Actor;
using EventDrivenActors.Pools;
using EventDrivenActors.Sessions;
using EventDrivenActors.Waits;

namespace EventDrivenActors;

/// <content>How a pool is shut down.</content>
public sealed partial class ControllerPool
{
    /// <inheritdoc/>
    public override Task<ShutdownReport> ShutdownAsync(
        ShutdownMode mode = ShutdownMode.Drain,
        TimeSpan? deadline = null
    ) => ShutDownAsync(mode, Deadline(deadline, _runtime.ShutdownDeadline));

    private async Task<ShutdownReport> ShutDownAsync(ShutdownMode mode, TimeSpan deadline)
    {
        HandlerWait? wait = Session.Current.IsActive ? FlowWait.Of(EndOfRun) : null;
        if (mode == ShutdownMode.Abort && !ReferenceEquals((wait?.Frame as SessionFrame)?.Host.Pool, this))
        {
            wait = null;
        }

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

        return end.IsCompleted ? end : FlowWait.GuardAsync(() => EndOfRun, end.WaitAsync, cancellationToken);
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
            worker.Loop.AddQueued(needs);
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
