namespace EventDrivenActors.Chaos.Checking;

/// <summary>Everything that was recorded of a run. Immutable; <see cref="InvariantChecker"/> judges it.</summary>
internal sealed record RunHistory
{
    public IReadOnlyList<AcceptedEvent> Accepted { get; init; } = [];

    public IReadOnlyList<Settlement> Settlements { get; init; } = [];

    public IReadOnlyList<Note> Notes { get; init; } = [];

    /// <summary>The events of which somebody asked that they be cancelled.</summary>
    public IReadOnlySet<long> CancelAsked { get; init; } = new HashSet<long>();

    /// <summary>The children that were killed from outside.</summary>
    public IReadOnlySet<int> Killed { get; init; } = new HashSet<int>();

    /// <summary>What was done to each controller.</summary>
    public IReadOnlyDictionary<string, Injected> Injected { get; init; } = new Dictionary<string, Injected>();

    /// <summary>When controllers were known to be suspended.</summary>
    public IReadOnlyList<Pause> Pauses { get; init; } = [];

    /// <summary>
    /// What should be gone and is not, and controllers that are not where they should be: a sentence each.
    /// </summary>
    public IReadOnlyList<string> Leftovers { get; init; } = [];
}
