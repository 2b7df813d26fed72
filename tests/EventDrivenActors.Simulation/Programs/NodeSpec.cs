namespace EventDrivenActors.Simulation.Programs;

/// <summary>A controller or a pool.</summary>
internal sealed record NodeSpec
{
    public required string Name { get; init; }

    /// <summary>0 for a controller; else how many workers the pool begins with.</summary>
    public int Workers { get; init; }

    public PoolRouting Routing { get; init; }

    public int? Capacity { get; init; }

    public QueueFullMode FullMode { get; init; }

    public bool ThrowWhenSuspended { get; init; }

    /// <summary>In milliseconds; null for none.</summary>
    public int? EventTimeout { get; init; }

    /// <summary>Its child process; null if it has none. The keys that the child maps run there.</summary>
    public ChildSpec? Child { get; init; }

    /// <summary>The interval of its timer in milliseconds; null where it has none.</summary>
    public int? Timer { get; init; }

    public IReadOnlyList<AdapterKind> Adapters { get; init; } = [];

    /// <summary>Which keys it maps itself, with the shape of the handler.</summary>
    public IReadOnlyList<KeySpec> Keys { get; init; } = [];

    /// <summary>Whether it maps <see cref="ControllerEvents.Error"/>.</summary>
    public bool HearsErrors { get; init; }

    /// <summary>Whether it maps <see cref="ControllerEvents.Otherwise"/>.</summary>
    public bool HasOtherwise { get; init; }

    /// <summary>How many graceful shutdowns its handler of <see cref="ControllerEvents.Shutdown"/> vetoes.</summary>
    public int Vetoes { get; init; }

    public bool IsPool => Workers > 0;
}
