using System.Collections.Immutable;
using Akka.Actor;
using EventDrivenActors.Waits;

namespace EventDrivenActors.Pools;

/// <summary>
/// A pool's workers, and those that leave it: which of them are to run, and which have to wait for a place.
/// </summary>
/// <remarks>
/// A worker that leaves ends what it has begun, and a new one waits for it: the pool never runs more than its size.
/// </remarks>
internal sealed class PoolMembers
{
    private readonly PoolState _state;
    private readonly PoolCounts _counts;
    private readonly PoolOptions _options;
    private readonly Func<int, PoolOptions, Controller> _make;
    private readonly Admission _admission;

    // Changed under the pool's gate, read by any thread.
    private readonly PoolRoster<Controller> _roster = new();
    private volatile bool _hasLeftBehind;

    // Under the pool's gate.
    private TaskCompletionSource? _change;

    /// <param name="state">The pool's run.</param>
    /// <param name="counts">Keeps the counts of workers that have left.</param>
    /// <param name="options">The options of the pool.</param>
    /// <param name="make">Makes the worker of an index.</param>
    public PoolMembers(
        PoolState state,
        PoolCounts counts,
        PoolOptions options,
        Func<int, PoolOptions, Controller> make
    )
    {
        _state = state;
        _counts = counts;
        _options = options;
        _make = make;
        _admission = new Admission(_roster);
    }

    public ImmutableArray<Controller> Workers => _roster.Workers;

    /// <summary>The workers and the ones that leave, at one instant.</summary>
    public ImmutableArray<Controller> All => _roster.All;

    /// <summary>Changes with each change of the members.</summary>
    public object Version => _roster.Version;

    /// <summary>Says of a worker whether it may take events; null where all of them may.</summary>
    public Func<Controller, bool>? Takes => _roster.HasHeld ? _roster.IsTaking : null;

    /// <summary>Workers that end what they have begun.</summary>
    public ImmutableArray<Controller> Leaving => _roster.Leaving;

    /// <summary>Whether new workers wait for the ones that leave.</summary>
    public bool HasHeld => _roster.HasHeld;

    /// <summary>The events that run in the members.</summary>
    public IEnumerable<HandledEvent> RunningEvents =>
        _roster.All.Select(worker => worker.Loop.RunningEvent).OfType<HandledEvent>();

    public bool HasLeft(Controller worker) => !_roster.Workers.Contains(worker);

    public bool IsTaking(Controller worker) => _roster.IsTaking(worker);

    /// <summary>A worker under an actor's context cannot run again: only that actor may make it a new actor.</summary>
    public bool HasGivenUp(Controller worker) =>
        worker.State == ControllerState.Failed
        || (worker.State == ControllerState.Stopped && _options.ActorFactory is IActorContext);

    /// <summary>Makes a worker, and starts it where the workers are to run. Under the pool's gate.</summary>
    public void Add(PoolOptions options)
    {
        Controller worker = _make(_roster.Workers.Length, options);
        if (!_state.KeepsWorkers && _state.Phase != ControllerState.Created)
        {
            // The pool has ended, and nothing would settle what is queued here before its next run.
            worker.Loop.Mailbox.Close();
        }

        Admit(_roster.Join(worker));
        Start(worker);
    }

    /// <summary>Starts all workers. Under the pool's gate. One that starts may change the members.</summary>
    public void StartAll(bool revive = false)
    {
        foreach (Controller worker in _roster.Workers)
        {
            Start(worker, revive);
        }
    }

    /// <summary>
    /// Runs a worker if the workers are to run, and it can. Under the pool's gate: a shutdown that begins meanwhile
    /// must find it running.
    /// </summary>
    public void Start(Controller worker, bool revive = false)
    {
        if (!_state.KeepsWorkers || HasLeft(worker) || (!revive && HasGivenUp(worker)))
        {
            return;
        }

        if (_state.IsSuspended)
        {
            worker.Loop.Suspend();
        }

        if (!_roster.IsTaking(worker))
        {
            worker.Loop.Hold(_admission);
        }

        worker.Run(_state.RunContext);
        TellChange();
    }

    /// <summary>Suspends the members, and workers that start later. Under the pool's gate.</summary>
    public Task SuspendAsync()
    {
        _state.IsSuspended = true;
        return Task.WhenAll(_roster.All.Select(worker => worker.SuspendAsync()));
    }

    /// <summary>Resumes the members. Under the pool's gate.</summary>
    public void Resume()
    {
        _state.IsSuspended = false;
        foreach (Controller worker in _roster.All)
        {
            worker.Resume();
        }
    }

    /// <summary>
    /// A suspension ends with the run, as that of a controller does. It may have met workers that had ended before the
    /// pool: nothing else would resume these. Under the pool's gate.
    /// </summary>
    public void EndSuspension()
    {
        if (_state.IsSuspended)
        {
            Resume();
        }
    }

    /// <summary>Takes workers out. Under the pool's gate.</summary>
    /// <returns>
    /// The workers that leave, and whether they had not begun. Nothing where handlers of all workers that would stay
    /// await queued events of the pool: then all workers stay.
    /// </returns>
    public ImmutableArray<(Controller Worker, bool WasHeld)>? TryShrink(int size)
    {
        // Before the look: a handler that begins to wait meanwhile either sees this or is seen.
        ImmutableArray<(Controller Worker, bool WasHeld)> leaving = _roster.Shrink(size);
        TellChange();
        if (leaving.Length > 0 && WaitWatch.OfProcess.AnyBlocked(RunningEvents))
        {
            _roster.Restore(leaving);
            return null;
        }

        return leaving;
    }

    /// <summary>A worker has ended: one that was killed runs again. Under the pool's gate.</summary>
    /// <returns>Whether it was the last one that could run.</returns>
    public bool OnEnded(Controller worker)
    {
        Forget(worker);
        Start(worker);
        TellChange();
        return _state.KeepsWorkers && _roster.Workers.All(HasGivenUp);
    }

    /// <summary>Takes out the workers that have left since a handler of theirs ran on past their end.</summary>
    public void ForgetLeftBehind()
    {
        if (!_hasLeftBehind)
        {
            return;
        }

        lock (_state.Gate)
        {
            _hasLeftBehind = false;
            foreach (
                Controller worker in _roster.Leaving.Where(worker =>
                    worker.State is ControllerState.Stopped or ControllerState.Failed
                )
            )
            {
                Forget(worker);
            }
        }
    }

    /// <summary>The outcome of the events that the run leaves unstarted.</summary>
    public EventOutcome FinalOutcome()
    {
        lock (_state.Gate)
        {
            // A worker that fails closes its queue before the pool hears of it.
            return _state.KeepsWorkers ? _roster.Workers[0].FinalOutcome : _state.FinalOutcome;
        }
    }

    /// <summary>Completes when all workers that still run, or will again, are ready at the same time.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
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
        lock (_state.Gate)
        {
            _change ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (_roster.Workers, _change.Task);
        }
    }

    /// <summary>A worker has ended, begun, or left. Under the pool's gate.</summary>
    private void TellChange()
    {
        _change?.TrySetResult();
        _change = null;
    }

    /// <summary>
    /// Takes a worker out that has left and of which no handler runs any more, and lets new ones begin. Under the
    /// pool's gate.
    /// </summary>
    private void Forget(Controller worker)
    {
        if (!_roster.Leaving.Contains(worker))
        {
            return;
        }

        // Before the look: a handler that an abort has left running and that ends meanwhile is seen, or its loop sees
        // this.
        _hasLeftBehind = true;
        Interlocked.MemoryBarrier();
        if (worker.Loop.IsHandling)
        {
            return;
        }

        _counts.Keep(worker.Loop.Ended);
        Admit(_roster.Remove(worker));
    }

    /// <summary>Lets workers begin that were held. One that does not run is not held when it is started.</summary>
    private static void Admit(ImmutableArray<Controller> released)
    {
        foreach (Controller worker in released)
        {
            worker.Loop.Admit();
        }
    }

    /// <summary>A place for a new worker, as a need: the end of one that leaves.</summary>
    private sealed class Admission(PoolRoster<Controller> roster) : INeed
    {
        bool INeed.OneIsEnough => true;

        public void AddNeeds(List<INeed> needs, bool certainly) =>
            needs.AddRange(roster.Leaving.Select(worker => worker.Loop));
    }
}
