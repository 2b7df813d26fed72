using System.Collections.Immutable;
using Akka.Actor;
using EventDrivenActors.Pools;

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
}
