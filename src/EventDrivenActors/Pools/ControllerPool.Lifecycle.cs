using Akka.Actor;
using EventDrivenActors.Pools;
using EventDrivenActors.Waits;

namespace EventDrivenActors;

public sealed partial class ControllerPool
{
    private readonly List<TaskCompletionSource> _idleWaiters = [];
    private volatile bool _hasIdleWaiters;
    private SessionContext? _runContext;
    private ControllerState _state;
    private bool _suspended;
    private PoolShutdown? _shutdown;
    private TaskCompletionSource _runEnd = new();

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
                        $"The pool '{Name}' was made under an actor's context, which only that actor may use again; make a new pool there instead of calling Run.");
                }

                _runtime.ThrowIfEnded(Name);
                _actor.Renew(IsLate);
                _runtime.Track(this);
            }

            _runContext = context;
            _runEnd = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _state = ControllerState.Running;
            _queue.Reopen();
            foreach (Controller worker in _workers)
            {
                if (_suspended)
                {
                    worker.Loop.Suspend();
                }

                worker.Run(context);
            }
        }
    }

    /// <inheritdoc/>
    public override Task SuspendAsync()
    {
        lock (_gate)
        {
            _suspended = true;
            return Task.WhenAll(All().Select(worker => worker.SuspendAsync()));
        }
    }

    /// <inheritdoc/>
    public override void Resume()
    {
        lock (_gate)
        {
            _suspended = false;
            foreach (Controller worker in All())
            {
                worker.Resume();
            }
        }
    }

    /// <inheritdoc/>
    public override int Clean() => _queue.SettleQueued(EventOutcome.Cancelled) + All().Sum(worker => worker.Clean());

    /// <inheritdoc/>
    public override Task PendingAsync(CancellationToken cancellationToken = default)
    {
        Need taking = new($"what is queued in '{Name}' to be taken", AddQueued);
        return HandlerWait.GuardAsync(taking, token => Task.WhenAll(
            All().SelectMany(worker => new[] { worker.Loop.TakenAsync(_queue, token), worker.Loop.TakenAsync(worker.Loop.Mailbox, token) })), cancellationToken);
    }

    /// <inheritdoc/>
    public override Task WaitForIdleAsync(CancellationToken cancellationToken = default)
    {
        return HandlerWait.GuardAsync(new Need($"'{Name}' to be idle", AddWorkers), IdleAsync, cancellationToken);
    }

    private Task IdleAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_idleWaiters)
        {
            _idleWaiters.Add(source);
            _hasIdleWaiters = true;
        }

        Interlocked.MemoryBarrierProcessWide();
        CheckIdle();
        return source.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<ShutdownReport> ShutdownAsync(ShutdownMode mode = ShutdownMode.Drain, TimeSpan? deadline = null) =>
        ShutDownAsync(mode, Deadline(_runtime, deadline));

    private async Task<ShutdownReport> ShutDownAsync(ShutdownMode mode, TimeSpan deadline)
    {
        HandlerWait? wait = HandlerWait.Of(EndOfRun);
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

        return end.IsCompleted ? end : HandlerWait.GuardAsync(EndOfRun, end.WaitAsync, cancellationToken);
    }

    private Need EndOfRun => new($"the end of '{Name}'", AddWorkers);

    private void AddWorkers(List<INeed> needs) => needs.AddRange(All().Select(worker => worker.Loop));

    private void AddQueued(List<INeed> needs)
    {
        if (!_queue.IsEmpty)
        {
            needs.Add(_owner);
        }

        foreach (Controller worker in All())
        {
            worker.Loop.AddIfQueued(needs);
        }
    }

    /// <summary>Ends the pool with its actor or its actor system: everything open settles as closed.</summary>
    internal override async Task TerminateAsync()
    {
        ShutdownMode mode = ShutdownMode.Abort;
        if (BeginShutdown(ref mode, out bool begun) is not { } shutdown)
        {
            return;
        }

        _queue.SettleQueued(EventOutcome.Closed);
        await Task.WhenAll(All().Select(worker => worker.TerminateAsync())).ConfigureAwait(false);
        shutdown.Demand(mode, TimeSpan.Zero);
        if (begun)
        {
            _ = EndAsync(shutdown);
        }

        await shutdown.Report.ConfigureAwait(false);
    }

    /// <summary>The shutdown under way, begun now if there was none; nothing when the pool has ended.</summary>
    private PoolShutdown? BeginShutdown(ref ShutdownMode mode, out bool begun)
    {
        lock (_gate)
        {
            begun = _shutdown is null && _state is not (ControllerState.Stopped or ControllerState.Failed);
            if (begun)
            {
                mode = _state == ControllerState.Created ? ShutdownMode.Abort : mode;
                _shutdown = new PoolShutdown(_owner, _queue, All(), _runtime.TimeProvider);
                _state = ControllerState.Stopping;
                _queue.Close();
            }

            return _shutdown;
        }
    }

    private async Task EndAsync(PoolShutdown shutdown)
    {
        if (await shutdown.DrainAsync(IdleAsync, () => All().Any(worker => worker.Loop.AnnouncesShutdown)).ConfigureAwait(false))
        {
            lock (_gate)
            {
                _shutdown = null;
                _state = ControllerState.Running;
                _queue.Reopen();
            }

            shutdown.Complete(new ShutdownReport(0, 0, 0) { Vetoed = true, Ended = false });
            return;
        }

        ShutdownReport report = await shutdown.EndAsync().ConfigureAwait(false);
        IActorRef? retired = _actor.Retire();
        TaskCompletionSource runEnd;
        lock (_gate)
        {
            _shutdown = null;
            _suspended = false;
            _state = ControllerState.Stopped;
            runEnd = _runEnd;
        }

        _actor.Stop(retired);
        _runtime.Forget(this);
        CheckIdle();
        shutdown.Complete(report);
        runEnd.TrySetResult();
    }

    /// <summary>A worker has left, or ended by itself: one that was killed runs again, and with the last one that cannot the pool ends.</summary>
    private void OnWorkerEnded(Controller worker)
    {
        bool over;
        lock (_gate)
        {
            _leaving = _leaving.Remove(worker);
            if (_state == ControllerState.Running && _workers.Contains(worker) && !HasGivenUp(worker))
            {
                if (_suspended)
                {
                    worker.Loop.Suspend();
                }

                // Under the lock: a shutdown that begins meanwhile must find it running.
                worker.Run(_runContext);
            }

            over = _state == ControllerState.Running && _workers.All(HasGivenUp);
            if (over)
            {
                _queue.Close();
                _state = worker.State;
            }
        }

        if (over)
        {
            _queue.SettleQueued(worker.FinalOutcome);
            _actor.Stop(_actor.Retire());
            _runtime.Forget(this);
            _runEnd.TrySetResult();
        }

        WaitWatch.OfProcess.FailBlocked(RunningEvents);
        CheckIdle();
    }

    /// <summary>A worker under an actor's context cannot run again: only that actor may make it a new actor.</summary>
    private bool HasGivenUp(Controller worker) => worker.State == ControllerState.Failed
        || (worker.State == ControllerState.Stopped && _options.ActorFactory is IActorContext);

    private void CheckIdle()
    {
        if (!_hasIdleWaiters)
        {
            return;
        }

        lock (_idleWaiters)
        {
            if (IsIdle)
            {
                _hasIdleWaiters = false;
                _idleWaiters.ForEach(source => source.TrySetResult());
                _idleWaiters.Clear();
            }
        }
    }
}
