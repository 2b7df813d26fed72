using System.Collections.Immutable;
using Akka.Actor;
using EventDrivenActors.Actors;
using EventDrivenActors.Controllers;
using EventDrivenActors.Diagnostics;
using EventDrivenActors.EventLoop;
using EventDrivenActors.Listening;
using EventDrivenActors.Pools;

namespace EventDrivenActors;

/// <summary>A router over controllers on one shared queue: N handlers run at a time, and events start in the order of their dispatch.</summary>
/// <remarks>
/// Made by <see cref="PoolExtensions.CreatePool"/>. To Akka users <see cref="Ref"/> is a router that takes events, and Akka's
/// <c>Broadcast</c>, <c>GetRoutees</c> and <c>AdjustPoolSize</c>. All members may be called by any thread.
/// </remarks>
public sealed partial class ControllerPool : ControllerBase
{
    /// <summary>Going has no deadline of its own, only the pool's end has; a timer cannot wait longer than 49 days.</summary>
    private static readonly TimeSpan LongestLeave = TimeSpan.FromDays(49);
    private readonly EventRuntime _runtime;
    private readonly PoolOptions _options;
    private readonly Func<PoolOptions> _read;
    private readonly PoolRouter _router;
    private readonly EventMailbox _queue;
    private readonly ControllerLog _log;
    private readonly ActorSlot _actor;
    private readonly PoolOwner _owner;
    private readonly Lock _gate = new();
    private ImmutableArray<Controller> _workers = [];
    private ImmutableArray<Controller> _leaving = [];

    internal ControllerPool(EventRuntime runtime, string name, PoolOptions options, Func<PoolOptions> read)
        : base(name)
    {
        _runtime = runtime;
        _options = options;
        _read = read;
        _router = new PoolRouter(options);
        _queue = new EventMailbox(options.Capacity, options.FullMode, shared: true);
        _log = new ControllerLog(runtime.Log, name);
        _owner = new PoolOwner(this);
        Mapping = new MappingManager(options.Mapping.Snapshot());
        Props props = ControllerActorProducer.Props(() => new PoolActor(this, _owner));
        _actor = new ActorSlot(() => (options.ActorFactory ?? runtime.System).ActorOf(props), EventRuntime.StopActor, IsLate);
    }

    /// <summary>The workers; each is a controller of its own.</summary>
    public IReadOnlyList<Controller> Workers => _workers;

    /// <inheritdoc/>
    public override IActorRef Ref
    {
        get
        {
            // Not under the slot's lock: it may be booting yet.
            _ = System;
            return _actor.Ref;
        }
    }

    /// <inheritdoc/>
    public override bool IsIdle
    {
        get
        {
            // A worker's handler may dispatch to a worker already looked at: nothing may have been added meanwhile, and no worker.
            ImmutableArray<Controller> present = _workers;
            ImmutableArray<Controller> all = All();
            long before = AddedTo(all);
            return _queue.IsEmpty && all.All(worker => worker.IsIdle) && AddedTo(all) == before && _workers == present;
        }
    }

    /// <inheritdoc/>
    public override MappingManager Mapping { get; }

    /// <inheritdoc/>
    public override IController? Pool => null;

    private protected override IPendingOwner Owner => _owner;

    internal override ActorSystem System => _runtime.System;

    internal override ControllerLog Log => _log;

    private bool IsLate => _options.ActorFactory is null && !_runtime.HasSystem;

    private protected override int HopLimit => _options.HopLimit;

    /// <summary>Changes the number of workers; a worker that goes ends the event that it handles and those of its own queue first.</summary>
    /// <param name="workers">The new number; at least 1.</param>
    /// <exception cref="ArgumentException">The number is below 1.</exception>
    /// <exception cref="InvalidOperationException">Handlers of all workers that would stay await queued events of this pool, which nobody would take.</exception>
    public void Resize(int workers)
    {
        if (workers < 1)
        {
            throw new ArgumentException($"The number of workers is '{workers}'; a pool needs at least 1.", nameof(workers));
        }

        while (_workers.Length < workers)
        {
            Grow(1, _read());
        }

        Controller[] leaving;
        lock (_gate)
        {
            ImmutableArray<Controller> all = _workers;
            leaving = [.. all.Skip(workers)];

            // Before the look: a handler that begins to wait meanwhile sees either this or is seen.
            _workers = [.. all.Take(workers)];
            if (leaving.Length > 0 && WaitWatch.OfProcess.AnyBlocked(RunningEvents))
            {
                _workers = all;
                throw new InvalidOperationException(
                    $"The pool '{Name}' cannot shrink to '{workers}' now: handlers of all workers that would stay await queued events of this pool, which nobody would take; resize it when one of them has ended.");
            }

            _leaving = _leaving.AddRange(leaving);
        }

        foreach (Controller worker in leaving)
        {
            _ = worker.Loop.Shutdown(ShutdownMode.Drain, LongestLeave, announce: false);
            if (worker.State is ControllerState.Stopped or ControllerState.Failed)
            {
                OnWorkerEnded(worker);
            }
        }

        CheckIdle();
    }

    internal void Grow(int count, PoolOptions first)
    {
        for (int i = 0; i < count; i++)
        {
            PoolOptions options = i == 0 ? first : _read();
            lock (_gate)
            {
                PoolMembership membership = new(this, _workers.Length, _queue, Mapping, CheckIdle, OnWorkerEnded);
                Controller worker = new(_runtime, $"{Name}/{_workers.Length}", options, membership);
                worker.Retap();
                if (_workers.IsEmpty)
                {
                    // Filters of dispatching belong to the pool as a whole: those of the first worker's adapters, which never leaves.
                    OutboundFilters = worker.OutboundFilters;
                }

                _workers = _workers.Add(worker);
                if (State is ControllerState.Running or ControllerState.Suspended)
                {
                    if (State == ControllerState.Suspended)
                    {
                        worker.Loop.Suspend();
                    }

                    worker.Run(_runContext);
                }
            }
        }
    }

    private protected override IEnumerable<IListenable> Takers => All();

    internal override void Retap()
    {
        lock (_gate)
        {
            foreach (Controller worker in All())
            {
                worker.Retap();
            }
        }
    }

    private IEnumerable<SessionFrame> RunningEvents => All().Select(worker => worker.Loop.RunningEvent).OfType<SessionFrame>();

    /// <summary>The workers and those that are leaving; one that goes is among the leaving before it is no worker any more.</summary>
    private ImmutableArray<Controller> All() => [.. _workers, .. _leaving];

    private long AddedTo(ImmutableArray<Controller> workers) => _queue.Added + workers.Sum(worker => worker.Loop.Mailbox.Added);
}
