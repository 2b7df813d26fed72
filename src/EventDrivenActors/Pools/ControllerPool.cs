using System.Collections.Immutable;
using Akka.Actor;
using EventDrivenActors.Actors;
using EventDrivenActors.Controllers;
using EventDrivenActors.Diagnostics;
using EventDrivenActors.EventLoop.Mailbox;
using EventDrivenActors.Listening;
using EventDrivenActors.Pools;
using EventDrivenActors.Waits;

namespace EventDrivenActors;

/// <summary>
/// A router over controllers on one shared queue: N handlers run at a time, and events start in the order of their
/// dispatch.
/// </summary>
/// <remarks>
/// Made by <see cref="PoolExtensions.CreatePool"/>. To Akka users <see cref="Ref"/> is a router that takes events, and
/// Akka's <c>Broadcast</c>, <c>GetRoutees</c> and <c>AdjustPoolSize</c>. All members may be called by any thread.
/// </remarks>
public sealed partial class ControllerPool : ControllerBase
{
    /// <summary>
    /// Leaving has no deadline of its own, only the pool's end has; a timer cannot wait longer than 49 days.
    /// </summary>
    private static readonly TimeSpan LongestLeave = TimeSpan.FromDays(49);

    // Set once. Each of them guards its own fields.
    private readonly EventRuntime _runtime;
    private readonly PoolOptions _options;
    private readonly EventMailbox _queue;
    private readonly ControllerLog _log;
    private readonly ActorSlot _actor;
    private readonly Readiness _readiness;
    private readonly PoolState _state = new();
    private readonly PoolCounts _counts = new();
    private readonly PoolMembers _members;
    private readonly PoolOwner _owner;
    private readonly PoolIntake _intake;
    private readonly PoolResizing _resizing;
    private readonly PoolStopping _stopping;

    internal ControllerPool(EventRuntime runtime, string name, PoolOptions options, Func<PoolOptions> read)
        : base(name)
    {
        _runtime = runtime;
        _options = options;
        _queue = new EventMailbox(
            options.Routing == PoolRouting.RoundRobin ? options.Capacity : null,
            options.FullMode,
            shared: true
        );
        _log = new ControllerLog(runtime.Log, name);
        _members = new PoolMembers(_state, _counts, options, MakeWorker);
        _owner = new PoolOwner(this, runtime.TimeProvider, _log, _queue, _members, _counts);
        _intake = new PoolIntake(options, _queue, _members, _counts, _owner);
        _resizing = new PoolResizing(_state, _members, _queue, _intake, _owner.Unstarted, read);
        _readiness = new Readiness(this, _members.WaitUntilReadyAsync);
        Mapping = new MappingManager(options.Mapping.Snapshot());
        _actor = new ActorSlot(new ActorHost(this), IsLate);
        _stopping = new PoolStopping(_state, _members, _queue, _counts, _owner, _actor, OnRunEnded);
    }

    /// <summary>The workers; each is a controller of its own.</summary>
    public IReadOnlyList<Controller> Workers => _members.Workers;

    /// <inheritdoc/>
    public override IActorRef Ref
    {
        get
        {
            // Not under the slot's lock: the system may still be starting.
            _ = System;
            return _actor.Ref;
        }
    }

    /// <inheritdoc/>
    public override ControllerState State => _state.Shown;

    /// <inheritdoc/>
    public override bool IsIdle
    {
        get
        {
            // A worker's handler may dispatch to a worker already looked at: nothing may have been added meanwhile, and
            // no worker.
            object version = _members.Version;
            ImmutableArray<Controller> all = _members.All;
            long before = AddedTo(all);
            return !_resizing.IsMoving
                && _queue.IsEmpty
                && all.All(worker => worker.IsIdle)
                && AddedTo(all) == before
                && ReferenceEquals(_members.Version, version);
        }
    }

    /// <inheritdoc/>
    public override MappingManager Mapping { get; }

    /// <inheritdoc/>
    public override IController? Pool => null;

    internal override IEventOwner<Pending> Owner => _owner;

    internal override object Runtime => _runtime;

    internal override ActorSystem System => _runtime.System;

    internal override ControllerLog Log => _log;

    private bool IsLate => _options.ActorFactory is null && !_runtime.HasSystem;

    private protected override int HopLimit => _options.HopLimit;

    private protected override IEnumerable<IListenable> Takers => _members.All;

    /// <summary>Changes the number of workers.</summary>
    /// <param name="workers">The new number; at least 1.</param>
    /// <remarks>
    /// A worker that goes ends the event that it handles and the ones of its own queue first. They count: a new worker
    /// takes its first event when fewer events run than the pool has workers.
    /// </remarks>
    /// <exception cref="ArgumentException">The number is below 1.</exception>
    /// <exception cref="InvalidOperationException">Handlers of all workers that would stay await queued events of this
    /// pool, which no worker would take.</exception>
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

    /// <inheritdoc/>
    public override int Clean()
    {
        long broadcasts = _counts.CancelledBroadcasts;
        int cleaned = _owner.Unstarted.SettleAll(EventOutcome.Cancelled);

        // All adapters are asked before any is waited for.
        Func<int>[] workers = [.. _members.All.Select(worker => worker.Loop.BeginClean())];
        return cleaned + workers.Sum(worker => worker()) + (int)(_counts.CancelledBroadcasts - broadcasts);
    }

    /// <inheritdoc/>
    public override Task PendingAsync(CancellationToken cancellationToken = default) =>
        _owner.Waiters.WaitForTakenAsync(_resizing.WaitForTakenAsync, cancellationToken);

    /// <inheritdoc/>
    public override Task WaitForIdleAsync(CancellationToken cancellationToken = default) =>
        _owner.Waiters.WaitForIdleAsync(cancellationToken);

    /// <summary>Changes the number of workers to one that depends on how many there are.</summary>
    internal void Resize(Func<int, int> sizeOf)
    {
        foreach ((Controller worker, _) in _resizing.Resize(sizeOf, Name))
        {
            _ = worker.Loop.Shutdown(ShutdownMode.Drain, LongestLeave, announce: false);
            if (worker.State is ControllerState.Stopped or ControllerState.Failed)
            {
                OnWorkerEnded(worker);
            }
        }

        WaitWatch.OfProcess.FailBlocked(_members.RunningEvents);
        _owner.Waiters.CheckIdle();
    }

    internal void Grow(int count, PoolOptions first) => _resizing.Grow(count, first);

    internal override void Retap()
    {
        lock (_state.Gate)
        {
            foreach (Controller worker in _members.All)
            {
                worker.Retap();
            }
        }
    }

    private protected override void Accept(QueuedEvent item) => _intake.Accept(item);

    private protected override void AcceptMany(object? key, ReadOnlySpan<object?> items) =>
        _intake.AcceptMany(key, items);

    private protected override ValueTask AcceptWhenRoomAsync(Pending pending, CancellationToken cancellationToken) =>
        _intake.AcceptWhenRoomAsync(pending, cancellationToken);

    private long AddedTo(ImmutableArray<Controller> workers) =>
        _queue.Added + workers.Sum(worker => worker.Loop.Mailbox.Added);

    /// <summary>Makes a worker. Under the gate.</summary>
    private Controller MakeWorker(int index, PoolOptions options)
    {
        PoolMembership membership = new(
            this,
            index,
            _queue,
            _options.Routing == PoolRouting.RoundRobin ? null : _options.Capacity,
            Mapping,
            _owner.Waiters.CheckIdle,
            _members.HasLeft,
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

        return worker;
    }

    /// <summary>The pool, as its actor sees it.</summary>
    private sealed class ActorHost(ControllerPool pool) : IActorHost
    {
        public IActorRef CreateActor() =>
            (pool._options.ActorFactory ?? pool._runtime.System).ActorOf(
                ControllerActorProducer.Props(() => new PoolActor(pool, this))
            );

        public void Told(ControllerEvent told, IActorRef sender) =>
            pool.Send(
                sender.IsNobody()
                    ? new PostedEvent(
                        pool._owner,
                        EventKey.Unwrap(told.Key),
                        told.Value,
                        told.Context,
                        told.Args?.ToArray()
                    )
                    : new RepliedEvent(pool._owner, told, sender)
            );

        public void ActorStopped(IActorRef actor)
        {
            if (pool._actor.Lost(actor))
            {
                _ = pool.TerminateAsync();
            }
        }
    }
}
