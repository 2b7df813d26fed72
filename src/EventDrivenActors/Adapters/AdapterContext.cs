using Akka.Actor;
using EventDrivenActors.Pipeline;

namespace EventDrivenActors.Adapters;

/// <summary>Collects what a controller's adapters ask for, while the controller is built.</summary>
internal sealed class AdapterContext(
    IController controller,
    Func<ActorSystem> system,
    TimeProvider timeProvider,
    AdapterLifecycle lifecycle,
    MappingBlueprint mapping,
    SessionContext context,
    Func<SessionContext> runContext
) : IAdapterContext
{
    // The thread that builds the controller.
    private readonly List<IAdapter> _installed = [];

    /// <summary>Those whose Configure is running, the outermost first.</summary>
    private readonly List<IAdapter> _installing = [];
    private IReadOnlyList<IAdapter> _given = [];

    // Written by the thread that builds the controller; then the draining thread reads it.
    private Func<Session, bool>? _relays;

    public IController Controller => controller;

    public ActorSystem System => system();

    public TimeProvider TimeProvider => timeProvider;

    public IControllerLifecycle Lifecycle { get; } = lifecycle.Seams;

    public SessionContext RunContext => runContext();

    public SessionContext Context { get; private set; } = context;

    public List<Func<OutboundEvent, OutboundDelegate, Pending>> OutboundFilters { get; } = [];

    public List<Func<Session, InboundDelegate, ValueTask>> InboundFilters { get; } = [];

    /// <summary>Whether the relay passes an event on; null without a relay, or with another filter beside it.</summary>
    public Func<Session, bool>? Relays => InboundFilters.Count == 1 ? _relays : null;

    public List<IIdleSource> IdleSources { get; } = [];

    public void Install(IEnumerable<IAdapter> adapters)
    {
        _given = [.. adapters];
        foreach (IAdapter adapter in _given)
        {
            Install(adapter);
        }
    }

    public TAdapter Require<TAdapter>()
        where TAdapter : IAdapter, new()
    {
        TAdapter adapter = _installed.Concat(_given).OfType<TAdapter>().FirstOrDefault() ?? new TAdapter();
        if (_installing.IndexOf(adapter) is var first and >= 0)
        {
            string chain = string.Join(
                ", which requires ",
                _installing.Skip(first).Append(adapter).Select(one => $"'{one.GetType()}'")
            );
            throw new InvalidOperationException(
                $"Adapters require each other: {chain}; let one of them ask for the other in a callback of "
                    + "Lifecycle.OnStarting, not in Configure."
            );
        }

        Install(adapter);
        return adapter;
    }

    public void Map(MappingBlueprint blueprint) => mapping.Include(blueprint);

    public void Provide<TValue>(SessionKey<TValue> key, TValue value) => Context = Context.With(key, value);

    public void UseOutbound(Func<OutboundEvent, OutboundDelegate, Pending> filter) => OutboundFilters.Add(filter);

    public void UseInbound(Func<Session, InboundDelegate, ValueTask> filter) => InboundFilters.Add(filter);

    public void UseRelay(Func<Session, InboundDelegate, ValueTask> filter, Func<Session, bool> passesOn)
    {
        _relays = passesOn;
        UseInbound(
            (session, next) => Relays is null ? InboundChain.Apart(filter(session, next)) : filter(session, next)
        );
    }

    public void UseIdleSource(IIdleSource source) => IdleSources.Add(source);

    private void Install(IAdapter adapter)
    {
        if (!_installed.Contains(adapter))
        {
            IAdapter? outer = lifecycle.Installing;
            _installed.Add(adapter);
            _installing.Add(adapter);
            lifecycle.Installing = adapter;
            adapter.Configure(this);
            lifecycle.Installing = outer;
            _installing.Remove(adapter);
        }
    }
}
