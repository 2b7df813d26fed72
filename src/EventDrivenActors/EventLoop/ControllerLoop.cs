using EventDrivenActors.EventLoop.Mailbox;
using EventDrivenActors.Handlers;
using EventDrivenActors.Mapping;
using EventDrivenActors.Pipeline;
using EventDrivenActors.Sessions;

namespace EventDrivenActors.EventLoop;

/// <summary>
/// The event loop of a controller as a state machine: no actor, no thread of its own, its effects behind
/// <see cref="ILoopHost"/>.
/// </summary>
/// <remarks>
/// Its owner calls <see cref="Drain"/> each time the host was asked to schedule. One drain is at work at a time; a
/// second one only leaves a note. Facets: Draining (taking and running events), Parking (handlers that suspend),
/// Entering (where an event starts), Settling (outcomes, errors, deferral), Lifecycle (run, suspend, end), Holding
/// (what comes before the first event), Stopping (shutdowns and their deadlines), Waiting (what callers wait for).
/// </remarks>
internal sealed partial class ControllerLoop : IEventConsumer, ISessionHost, IPendingOwner, IReceiver
{
    private readonly LoopSettings _settings;
    private readonly bool _mayTimeOut;
    private readonly InboundDelegate? _inbound;
    private readonly Lock _gate = new();
    private readonly Waiters _waiters;
    private readonly Refusals _refusals;
    private Dictionary<string, object?>? _items;

    public ControllerLoop(LoopSettings settings)
    {
        _settings = settings;
        _mayTimeOut = TimeOption.Limit(settings.EventTimeout) is not null;
        _inbound = InboundChain.Link(settings.InboundFilters, RunPlan);
        _table = MappingTable.For(settings.Mapping.Snapshot, settings.Added);
        _frame = new SessionFrame(this);
        _resume = OnHandlerEnded;
        _waiters = new Waiters(this, settings.WentIdle);
        _refusals = new Refusals(this, "controller", settings.Capacity, settings.ThrowWhenSuspended);
        Mailbox = new EventMailbox(settings.Capacity, settings.FullMode);
        foreach (IIdleSource source in settings.IdleSources)
        {
            source.BecameIdle += OnSourceIdle;
        }
    }

    public EventMailbox Mailbox { get; }

    /// <summary>The listeners of this loop's events; <see langword="null"/> costs nothing.</summary>
    public ITap? Tap { get; set; }

    public string Name => _settings.Host.Controller.Name;

    public TimeProvider TimeProvider => _settings.TimeProvider;

    IController ISessionHost.Self => _settings.Host.Controller;

    IController? ISessionHost.Pool => _settings.Host.Pool;

    int ISessionHost.WorkerIndex => _settings.Host.WorkerIndex;

    IDictionary<string, object?> ISessionHost.Items => _items ??= [];

    public SessionContext RunContext { get; private set; } = SessionContext.Empty;

    public SessionContext GlobalContext => _settings.Context;

    /// <summary>Made for the first one: most loops never defer an event.</summary>
    private CancellationQueue Cancellations =>
        LazyInitializer.EnsureInitialized(ref _cancellations, () => new CancellationQueue(_settings.Host.ReportBroken));

    public void Wake() => _settings.Host.Schedule();

    /// <summary>Offers an event, in the form that the mailbox holds.</summary>
    /// <exception cref="ControllerClosedException">The controller was shut down.</exception>
    /// <exception cref="QueueFullException">The queue is full.</exception>
    public void Accept(QueuedEvent item)
    {
        if (_settings.ThrowWhenSuspended)
        {
            _refusals.ThrowIfSuspended(item.Key);
        }

        AddResult result = Mailbox.Add(item);
        if (result != AddResult.Added)
        {
            _refusals.ThrowIfRefused(result, item.Key);
        }
    }

    public void AcceptMany(object? key, ReadOnlySpan<object?> items)
    {
        if (!items.IsEmpty)
        {
            object named = key ?? ((Pending)items[0]!).Key;
            _refusals.ThrowIfSuspended(named);
            _refusals.ThrowIfRefused(Mailbox.AddMany(key, items), named);
        }
    }

    public async ValueTask AcceptWhenRoomAsync(Pending pending, CancellationToken cancellationToken)
    {
        _refusals.ThrowIfSuspended(pending.Key);
        AddResult result = Mailbox.Add(new QueuedEvent(pending));
        if (result == AddResult.Full)
        {
            result = await AddWhenRoomAsync(new QueuedEvent(pending), cancellationToken).ConfigureAwait(false);
        }

        _refusals.ThrowIfRefused(result, pending.Key);
    }

    /// <summary>Adds an event to the loop's own queue, which was full, as soon as there is room.</summary>
    public ValueTask<AddResult> AddWhenRoomAsync(QueuedEvent item, CancellationToken cancellationToken) =>
        _waiters.AddWhenRoomAsync(Mailbox, item, cancellationToken);

    bool IEventConsumer.Rests { get; set; }

    bool IPendingOwner.IsOf(object controller) =>
        ReferenceEquals(controller, _settings.Host.Controller) || ReferenceEquals(controller, _settings.Host.Pool);

    bool IPendingOwner.TryWrap(Pending of, Type asked, object? result, out object? wrapped) =>
        Awaitable.TryWrap(of, asked, result, out wrapped);

    public void ReportBroken(Exception exception) => _settings.Host.ReportBroken(exception);

    public void ReportUnobserved(object key, Exception exception) => _settings.Host.ReportFailure(key, exception);
}
