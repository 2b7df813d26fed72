using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors.EventLoop;

/// <summary>The parts and options of a loop.</summary>
internal sealed record LoopSettings(ILoopHost Host, ITurns Turns, MappingManager Mapping, TimeProvider TimeProvider)
{
    public SessionContext Context { get; init; } = SessionContext.Empty;

    public IReadOnlyList<Func<Session, InboundDelegate, ValueTask>> InboundFilters { get; init; } = [];

    /// <summary>The mapping of a worker's own adapters, beside the one that all workers share.</summary>
    public MappingSnapshot? Added { get; init; }

    /// <summary>
    /// Whether the only filter just passes an event on; null where it does not say, or is not the only one. See
    /// <c>AdapterSeams.UseRelay</c>.
    /// </summary>
    public Func<Session, bool>? Relays { get; init; }

    public IReadOnlyList<IIdleSource> IdleSources { get; init; } = [];

    public TimeSpan? EventTimeout { get; init; }

    public int? Capacity { get; init; }

    public QueueFullMode FullMode { get; init; }

    public bool ThrowWhenSuspended { get; init; }

    /// <summary>The queue that a pool's workers share.</summary>
    public EventMailbox? Shared { get; init; }

    /// <summary>Called each time the loop may have become idle; a pool waits for all its workers.</summary>
    public Action? WentIdle { get; init; }
}
