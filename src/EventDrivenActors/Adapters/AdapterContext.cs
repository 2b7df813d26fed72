using Akka.Actor;

namespace EventDrivenActors.Adapters;

/// <summary>Collects what a controller's adapters ask for, while the controller is built.</summary>
internal sealed class AdapterContext(
    IController controller, ActorSystem system, TimeProvider timeProvider, IControllerLifecycle lifecycle, MappingBlueprint mapping, SessionContext context)
    : IAdapterContext
{
    private readonly List<IAdapter> _installed = [];

    public IController Controller => controller;

    public ActorSystem System => system;

    public TimeProvider TimeProvider => timeProvider;

    public IControllerLifecycle Lifecycle => lifecycle;

    public SessionContext Context { get; private set; } = context;

    public List<Func<OutboundEvent, OutboundDelegate, Pending>> OutboundFilters { get; } = [];

    public List<Func<Session, InboundDelegate, ValueTask>> InboundFilters { get; } = [];

    public List<IIdleSource> IdleSources { get; } = [];

    public void Install(IEnumerable<IAdapter> adapters)
    {
        IAdapter[] all = [.. adapters];
        foreach (IAdapter adapter in all)
        {
            // One that an earlier adapter has required stands in for none of the user's own instances.
            if (!_installed.Contains(adapter))
            {
                _installed.Add(adapter);
                adapter.Configure(this);
            }
        }
    }

    public TAdapter Require<TAdapter>()
        where TAdapter : IAdapter, new()
    {
        if (_installed.OfType<TAdapter>().FirstOrDefault() is { } existing)
        {
            return existing;
        }

        TAdapter adapter = new();
        _installed.Add(adapter);
        adapter.Configure(this);
        return adapter;
    }

    public void Map(MappingBlueprint blueprint) => mapping.Include(blueprint);

    public void Provide<TValue>(SessionKey<TValue> key, TValue value) => Context = Context.With(key, value);

    public void UseOutbound(Func<OutboundEvent, OutboundDelegate, Pending> filter) => OutboundFilters.Add(filter);

    public void UseInbound(Func<Session, InboundDelegate, ValueTask> filter) => InboundFilters.Add(filter);

    public void UseIdleSource(IIdleSource source) => IdleSources.Add(source);
}
