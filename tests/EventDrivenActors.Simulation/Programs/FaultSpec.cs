namespace EventDrivenActors.Simulation.Programs;

/// <summary>A fault of the children of a node.</summary>
/// <param name="Node">The node.</param>
/// <param name="Kind">The name of a <c>SimulatedFaultKind</c>.</param>
/// <param name="Word">The name of a <c>SimulatedWord</c>.</param>
/// <param name="Nth">The number of this message in the life of a child, from 1.</param>
/// <param name="Amount">Milliseconds, bytes, an exit code or a variant, as the kind says.</param>
internal sealed record FaultSpec(int Node, string Kind, string Word, int Nth, int Amount);
