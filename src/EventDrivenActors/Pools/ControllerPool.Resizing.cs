using System.Collections.Immutable;
using EventDrivenActors.EventLoop.Mailbox;
using EventDrivenActors.Pools;
using EventDrivenActors.Waits;

namespace EventDrivenActors;

/// <content>
/// The number of workers. A worker that leaves ends what it has begun, and a new one waits for it: the pool never runs
/// more than its size.
/// </content>
public sealed partial class ControllerPool
{
    /// <summary>
    /// Leaving has no deadline of its own, only the pool's end has; a timer cannot wait longer than 49 days.
    /// </summary>
    private static readonly TimeSpan LongestLeave = TimeSpan.FromDays(49);
    private readonly Admission _admission;

    /// <summary>
    /// How many changes of size may hold events between the queues of two workers, and the end of all of them. Changed
    /// before the workers are.
    /// </summary>
    private int _rehoming;
    private volatile Task _rehomed = Task.CompletedTask;
    private volatile bool _hasLeftBehind;

    /// <summary>Whether the pool's workers are to run: it runs, or drains.</summary>
    private bool KeepsWorkers =>
        _state == ControllerState.Running || (_state == ControllerState.Stopping && !_endsWorkers);

    /// <summary>Changes the number of workers.</summary>
    /// <param name="workers">The new number; at least 1.</param>
    /// <remarks>
    /// A worker that goes ends the event that it handles and the ones of its own queue first. They count: a new worker
    /// takes its first event when fewer events run than the pool has workers.
    /// </remarks>
    /// <exception cref="ArgumentException">The number is below 1.</exception>
    /// <exception cref="InvalidOperationException">Handlers of all workers that would stay await queued events of this
    /// pool, which nobody would take.</exception>
    public void Resize(int workers)
    {
        if (workers < 1)
        {
            throw new ArgumentException(
                $"The number of workers is '{workers}'; a pool needs at least 1.",
                nameof(workers)
            );
        }

        Resize(_ => workers);
    }

    /// <summary>Changes the number of workers to one that depends on how many there are.</summary>
    internal void Resize(Func<int, int> sizeOf)
    {
        TaskCompletionSource rehomed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ImmutableArray<(Controller Worker, bool WasHeld)> leaving;
        try
        {
            List<QueuedEvent> orphans;
            lock (_gate)
            {
                _rehoming++;
                _rehomed = Task.WhenAll(_rehomed, rehomed.Task);
                int size = sizeOf(_roster.Workers.Length);
                while (_roster.Workers.Length < size)
                {
                    Add(_read());
                }

                leaving = Shrink(size);
                orphans = TakeOrphans(leaving);
            }

            orphans.ForEach(Rehome);
        }
        finally
        {
            Interlocked.Decrement(ref _rehoming);
            rehomed.SetResult();
        }

        foreach ((Controller worker, _) in leaving)
        {
            _ = worker.Loop.Shutdown(ShutdownMode.Drain, LongestLeave, announce: false);
            if (worker.State is ControllerState.Stopped or ControllerState.Failed)
            {
                OnWorkerEnded(worker);
            }
        }

        WaitWatch.OfProcess.FailBlocked(RunningEvents);
        CheckIdle();
    }

    /// <summary>Takes workers out. Under the gate.</summary>
    private ImmutableArray<(Controller Worker, bool WasHeld)> Shrink(int size)
    {
        // Before the look: a handler that begins to wait meanwhile either sees this or is seen.
        ImmutableArray<(Controller Worker, bool WasHeld)> leaving = _roster.Shrink(size);
        TellWorkersChange();
        if (leaving.Length > 0 && WaitWatch.OfProcess.AnyBlocked(RunningEvents))
        {
            _roster.Restore(leaving);
            throw new InvalidOperationException(
                $"The pool '{Name}' cannot shrink to '{size}' now: handlers of all workers that would stay await "
                    + "queued events of this pool, which nobody would take; resize it when one of them has ended."
            );
        }

        return leaving;
    }

    /// <summary>
    /// Takes what workers that leave have queued and others are to run: all of it, if the worker has begun nothing.
    /// Under the gate.
    /// </summary>
    private static List<QueuedEvent> TakeOrphans(ImmutableArray<(Controller Worker, bool WasHeld)> leaving)
    {
        List<QueuedEvent> orphans = [];
        foreach ((Controller worker, bool wasHeld) in leaving)
        {
            worker.Loop.Mailbox.Close();
            if (wasHeld || worker.State == ControllerState.Created)
            {
                orphans.AddRange(worker.Loop.Mailbox.TakeQueued());
            }
        }

        return orphans;
    }

    internal void Grow(int count, PoolOptions first)
    {
        for (int i = 0; i < count; i++)
        {
            PoolOptions options = i == 0 ? first : _read();
            lock (_gate)
            {
                Add(options);
            }
        }
    }

    /// <summary>Under the gate.</summary>
    private void Add(PoolOptions options)
    {
        int index = _roster.Workers.Length;
        PoolMembership membership = new(
            this,
            index,
            _queue,
            _options.Routing == PoolRouting.RoundRobin ? null : _options.Capacity,
            Mapping,
            CheckIdle,
            HasLeft,
            OnWorkerEnded
        );
        Controller worker = new(_runtime, $"{Name}/{index}", options, membership);
        worker.Retap();
        if (index == 0)
        {
            // Filters of dispatching belong to the pool as a whole: those of the first worker's adapters, which never
            // leaves.
            OutboundFilters = worker.OutboundFilters;
        }

        if (!KeepsWorkers && _state != ControllerState.Created)
        {
            // The pool has ended, and nothing would settle what is queued here before its next run.
            worker.Loop.Mailbox.Close();
        }

        Admit(_roster.Join(worker));
        Start(worker);
    }

    /// <summary>Lets workers begin that were held. One that does not run is not held when it is started.</summary>
    private static void Admit(ImmutableArray<Controller> released)
    {
        foreach (Controller worker in released)
        {
            worker.Loop.Admit();
        }
    }

    /// <summary>
    /// Runs a worker if the workers are to run, and it can. Under the gate: a shutdown that begins meanwhile must find
    /// it running.
    /// </summary>
    private void Start(Controller worker, bool revive = false)
    {
        if (!KeepsWorkers || HasLeft(worker) || (!revive && HasGivenUp(worker)))
        {
            return;
        }

        if (_suspended)
        {
            worker.Loop.Suspend();
        }

        if (!_roster.IsTaking(worker))
        {
            worker.Loop.Hold(_admission);
        }

        worker.Run(_runContext);
        TellWorkersChange();
    }

    private bool HasLeft(Controller worker) => !_roster.Workers.Contains(worker);

    /// <summary>
    /// Gives an event of a worker that has left to another one. Of an event for all workers that part is left out.
    /// </summary>
    private void Rehome(QueuedEvent item)
    {
        if (item.Pending is { IsPart: true } part)
        {
            part.TrySettleQueued(EventOutcome.Completed([]));
            return;
        }

        if (AddToOne(item, anyway: true) == AddResult.Closed)
        {
            // The pool itself has ended meanwhile.
            EventOutcome outcome = FinalOutcome();
            if (item.Pending is not { } pending)
            {
                _tally.Add(outcome.Status);
            }
            else if (pending.TrySettleQueued(outcome) && pending.Counts)
            {
                _tally.Add(outcome.Status);
            }
        }
    }

    /// <summary>
    /// Takes a worker out that has left and of which no handler runs any more, and lets new ones begin. Under the gate.
    /// </summary>
    private void Forget(Controller worker)
    {
        if (!_roster.Leaving.Contains(worker))
        {
            return;
        }

        // Before the look: a handler that an abort has left behind and that ends meanwhile is seen, or its loop sees
        // this.
        _hasLeftBehind = true;
        Interlocked.MemoryBarrier();
        if (worker.Loop.IsHandling)
        {
            return;
        }

        _retired += worker.Loop.Ended;
        Admit(_roster.Remove(worker));
    }

    /// <summary>A place for a new worker, as a need: the end of one that leaves.</summary>
    private sealed class Admission(PoolRoster<Controller> roster) : INeed
    {
        bool INeed.OneIsEnough => true;

        public void AddNeeds(List<INeed> needs, bool certainly) =>
            needs.AddRange(roster.Leaving.Select(worker => worker.Loop));
    }

    private void ForgetLeftBehind()
    {
        if (!_hasLeftBehind)
        {
            return;
        }

        lock (_gate)
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
}
