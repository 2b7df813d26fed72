namespace EventDrivenActors.Benchmarks.Harness;

/// <summary>A question to be measured: ours first, the peers behind it, and the goals.</summary>
internal sealed record Race(string Name, IReadOnlyList<Contender> Contenders, params IReadOnlyList<Goal> Goals)
{
    /// <summary>Peers that cannot be had here, with the reason.</summary>
    public IReadOnlyList<(string Peer, string Reason)> Absent { get; init; } = [];
}
