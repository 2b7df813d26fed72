using System.Runtime.CompilerServices;
using Akka.Actor;
using EventDrivenActors.Actors;
using EventDrivenActors.Adapters;
using EventDrivenActors.Controllers;
using EventDrivenActors.Diagnostics;
using EventDrivenActors.EventLoop;
using EventDrivenActors.EventLoop.Mailbox;
using EventDrivenActors.Listening;

namespace EventDrivenActors;

/// <summary>An actor whose mailbox is an event loop: it takes events one at a time and runs their handlers.</summary>
/// <remarks>
/// Made by <see cref="EventRuntime.CreateController(Action{ControllerOptions}?)"/>. All members may be called by any
/// thread.
/// </remarks>
public sealed partial class Controller : ControllerBase
{
    private readonly EventRuntime _runtime;
    private readonly IActorRefFactory? _actorFactory;
    private readonly int _hopLimit;
    private readonly PoolMembership? _membership;
    private readonly AdapterLifecycle? _lifecycle;
    private readonly LoopFacade _loop;
    private readonly ActorSlot _actor;
    private readonly Edge _edge;
    private readonly Turns _turns;
    private readonly Readiness _readiness;

    // Any thread. Made for the first message; a second one that another thread makes meanwhile is as good.
    private ControllerLog? _log;

    // The thread on which the adapters fail the controller writes, any thread reads.
    private StrongBox<EventOutcome>? _finalOutcome;

    internal Controller(EventRuntime runtime, string name, ControllerOptions options, PoolMembership? membership = null)
        : base(name)
    {
        _runtime = runtime;
        _actorFactory = options.ActorFactory;
        _hopLimit = options.HopLimit;
        _membership = membership;
        _lifecycle = options.Adapters.Count == 0 ? null : CreateLifecycle();
        _readiness = new Readiness(this, _lifecycle is null ? null : _lifecycle.ReadyAsync);
        _edge = new Edge(this);
        _turns = new Turns(runtime.TurnConditions);
        LoopSettings settings = Compose(_edge, options);
        Mapping = settings.Mapping;
        _loop = new LoopFacade(settings);
        _actor = new ActorSlot(_edge, IsLate);
        _turns.Connect(_loop, _actor);
    }

    /// <inheritdoc/>
    public override IActorRef Ref
    {
        get
        {
            // Not under the slot's lock: the system may still be starting.
            _ = System;
            try
            {
                return _actor.Ref;
            }
            catch (InvalidOperationException)
            {
                // The system has ended, and the actor was never needed before.
                return System.DeadLetters;
            }
        }
    }

    /// <inheritdoc/>
    public override ControllerState State => _loop.State;

    /// <inheritdoc/>
    public override bool IsIdle => _loop.IsIdle;

    /// <inheritdoc/>
    public override MappingManager Mapping { get; }

    /// <inheritdoc/>
    public override IController? Pool => _membership?.Pool;

    internal override IEventOwner<Pending> Owner => _loop;

    internal override object Runtime => _runtime;

    internal override ActorSystem System => _runtime.System;

    internal override ControllerLog Log => _log ??= new ControllerLog(_runtime.Log, Name);

    internal LoopFacade Loop => _loop;

    private protected override int HopLimit => _hopLimit;

    private protected override IEnumerable<IListenable> Takers => [this];

    internal override void Retap() =>
        _loop.Loop.Tap = TapRow.Of([
            .. ((IListenable)this).Listening.Taps,
            .. Pool is IListenable pool ? pool.Listening.Taps : [],
        ]);

    private protected override void Accept(QueuedEvent item) => _loop.Accept(item);

    private protected override void AcceptMany(object? key, ReadOnlySpan<object?> items) =>
        _loop.AcceptMany(key, items);

    private protected override ValueTask AcceptWhenRoomAsync(Pending pending, CancellationToken cancellationToken) =>
        _loop.AcceptWhenRoomAsync(pending, cancellationToken);

    /// <summary>The outcome of its open events when it gave up.</summary>
    internal EventOutcome FinalOutcome => Volatile.Read(ref _finalOutcome)?.Value ?? EventOutcome.Closed;

    /// <summary>Why it gave up, if it did.</summary>
    internal Exception? Failure => _readiness.Failure;

    /// <summary>
    /// Only an actor may use its context, and only now. A pool runs an ended worker again, so it must know at once when
    /// that is impossible.
    /// </summary>
    private bool IsLate => _actorFactory is null && (_membership is null || !_runtime.HasSystem);

    private AdapterLifecycle CreateLifecycle() =>
        new(Log, _runtime.TimeProvider, () => State is ControllerState.Stopped or ControllerState.Failed, Fail);

    private void OnUnhandled(object key)
    {
        Log.Unhandled(key);
        _runtime.Unhandled?.Invoke(this, key);
    }

    private void Fail(Exception reason, EventOutcome outcome)
    {
        Volatile.Write(ref _finalOutcome, new StrongBox<EventOutcome>(outcome));
        _readiness.Fail(reason);
        _loop.Terminate(outcome, ControllerState.Failed);
    }

    private LoopSettings Compose(ILoopHost edge, ControllerOptions options)
    {
        MappingManager mapping = _membership?.Mapping ?? new MappingManager(options.Mapping.Snapshot());
        LoopSettings settings = new(edge, _turns, mapping, _runtime.TimeProvider)
        {
            Context = options.Context,
            EventTimeout = options.EventTimeout,
            Capacity = _membership is null ? options.Capacity : _membership.OwnCapacity,
            FullMode = options.FullMode,
            ThrowWhenSuspended = _membership is null && options.ThrowWhenSuspended,
            Shared = _membership?.Shared,
            WentIdle = _membership?.WentIdle,
        };
        if (_lifecycle is null)
        {
            return settings;
        }

        MappingBlueprint added = new();
        AdapterContext context = new(
            this,
            () => _runtime.System,
            _runtime.TimeProvider,
            _lifecycle,
            added,
            options.Context,
            () => _loop!.FullContext
        );
        context.Install(options.Adapters);
        OutboundFilters = context.OutboundFilters;
        if (_membership is null)
        {
            settings = settings with
            {
                Mapping = new MappingManager(
                    new MappingBlueprint().Include(options.Mapping).Include(added).Snapshot()
                ),
            };
        }
        else
        {
            settings = settings with { Added = added.Snapshot() };
        }

        return settings with
        {
            Context = context.Context,
            InboundFilters = context.InboundFilters,
            Relays = context.Relays,
            IdleSources = context.IdleSources,
        };
    }
}
