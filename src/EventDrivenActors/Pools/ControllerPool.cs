using System.Collections.Immutable;
using Akka.Actor;
using EventDrivenActors.Actors;
using EventDrivenActors.Controllers;
using EventDrivenActors.Diagnostics;
using EventDrivenActors.EventLoop.Mailbox;
using EventDrivenActors.Listening;
using EventDrivenActors.Pools;
using EventDrivenActors.Sessions;

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
    private readonly EventRuntime _runtime;
    private readonly PoolOptions _options;
    private readonly Func<PoolOptions> _read;
    private readonly PoolRouter _router;
    private readonly EventMailbox _queue;
    private readonly ControllerLog _log;
    private readonly ActorSlot _actor;
    private readonly PoolOwner _owner;
    private readonly Readiness _readiness;
    private readonly Lock _gate = new();
    private readonly PoolRoster<Controller> _roster = new();

    internal ControllerPool(EventRuntime runtime, string name, PoolOptions options, Func<PoolOptions> read)
        : base(name)
    {
        _runtime = runtime;
        _options = options;
        _read = read;
        _router = new PoolRouter(options);
        _queue = new EventMailbox(
            options.Routing == PoolRouting.RoundRobin ? options.Capacity : null,
            options.FullMode,
            shared: true
        );
        _log = new ControllerLog(runtime.Log, name);
        _owner = new PoolOwner(this);
        _admission = new Admission(_roster);
        _readiness = new Readiness(this, WorkersReadyAsync);
        Mapping = new MappingManager(options.Mapping.Snapshot());
        Props props = ControllerActorProducer.Props(() => new PoolActor(this, _owner));
        _actor = new ActorSlot(
            () => (options.ActorFactory ?? runtime.System).ActorOf(props),
            EventRuntime.StopActor,
            IsLate
        );
    }

    /// <summary>The workers; each is a controller of its own.</summary>
    public IReadOnlyList<Controller> Workers => _roster.Workers;

    /// <inheritdoc/>
    public override IActorRef Ref
    {
        get
        {
            // Not under the slot's lock: it may still be booting.
            _ = System;
            return _actor.Ref;
        }
    }

    /// <inheritdoc/>
    public override bool IsIdle
    {
        get
        {
            // A worker's handler may dispatch to a worker already looked at: nothing may have been added meanwhile, and
            // no worker.
            object version = _roster.Version;
            ImmutableArray<Controller> all = _roster.All;
            long before = AddedTo(all);
            return Volatile.Read(ref _rehoming) == 0
                && _queue.IsEmpty
                && all.All(worker => worker.IsIdle)
                && AddedTo(all) == before
                && ReferenceEquals(_roster.Version, version);
        }
    }

    /// <inheritdoc/>
    public override MappingManager Mapping { get; }

    /// <inheritdoc/>
    public override IController? Pool => null;

    internal override IPendingOwner Owner => _owner;

    internal override ActorSystem System => _runtime.System;

    internal override ControllerLog Log => _log;

    private bool IsLate => _options.ActorFactory is null && !_runtime.HasSystem;

    private protected override int HopLimit => _options.HopLimit;

    private protected override IEnumerable<IListenable> Takers => _roster.All;

    internal override void Retap()
    {
        lock (_gate)
        {
            foreach (Controller worker in _roster.All)
            {
                worker.Retap();
            }
        }
    }

    private IEnumerable<SessionFrame> RunningEvents =>
        _roster.All.Select(worker => worker.Loop.RunningEvent).OfType<SessionFrame>();

    private long AddedTo(ImmutableArray<Controller> workers) =>
        _queue.Added + workers.Sum(worker => worker.Loop.Mailbox.Added);
}
