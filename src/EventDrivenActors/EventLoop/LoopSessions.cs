using EventDrivenActors.Sessions;

namespace EventDrivenActors.EventLoop;

/// <summary>Answers the sessions of a loop's events.</summary>
internal sealed class LoopSessions(LoopSettings settings, EventPlans plans, RelayTurn relay) : ISessionHost
{
    // Set once, before the first turn.
    private LoopPosition _position = null!;
    private OpenEvents _open = null!;
    private Stopping _stopping = null!;

    // Written under the lock of the run's state, before the run takes events; read by any thread.
    private SessionContext _runContext = SessionContext.Empty;

    // Made by the thread of the running handler, or by one that ends the run; a run begins without, under the lock of
    // its state.
    private Dictionary<string, object?>? _items;

    public IController Self => settings.Host.Controller;

    public IController? Pool => settings.Host.Pool;

    public int WorkerIndex => settings.Host.WorkerIndex;

    public TimeProvider TimeProvider => settings.TimeProvider;

    public IDictionary<string, object?> Items =>
        LazyInitializer.EnsureInitialized(ref _items, static () => []);

    public SessionContext RunContext => _runContext;

    public SessionContext GlobalContext => settings.Context;

    /// <summary>The context of events that bring none of their own.</summary>
    public SessionContext FullContext => settings.Context.Merge(_runContext);

    /// <summary>Connects it with what exists for the frames that it hosts.</summary>
    public void Connect(LoopPosition position, OpenEvents open, Stopping stopping)
    {
        _position = position;
        _open = open;
        _stopping = stopping;
    }

    public void BeginRun(SessionContext? context)
    {
        _runContext = context ?? SessionContext.Empty;
        _items = null;
    }

    public IReadOnlyList<MappingEntry> HandlersOf(SessionFrame frame) =>
        plans.HandlersOf(frame, isCurrent: ReferenceEquals(frame, _position.Frame));

    public DeferredEvent Defer(SessionFrame frame)
    {
        DeferredEvent deferred = _open.Defer(frame, this);
        if (settings.Relays is not null)
        {
            relay.IsLikely = true;
        }

        return deferred;
    }

    public bool Settle(DeferredEvent deferred, EventOutcome outcome)
    {
        bool settled = _open.Settle(deferred, outcome, out bool mayBeLast);
        if (mayBeLast)
        {
            Interlocked.MemoryBarrier();
            _stopping.OnWorkEnded();
        }

        return settled;
    }
}
