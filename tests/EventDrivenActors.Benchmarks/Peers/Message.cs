namespace EventDrivenActors.Benchmarks.Peers;

/// <summary>What peers send: a fresh one for each operation, as their users do.</summary>
internal sealed record Message(int Value);
