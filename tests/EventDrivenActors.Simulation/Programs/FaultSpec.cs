namespace EventDrivenActors.Simulation.Programs;

/// <summary>What breaks in the children of a node.</summary>
/// <param name="Node">The node.</param>
/// <param name="Kind">The name of a <c>SimulatedFaultKind</c>.</param>
/// <param name="Word">The name of a <c>SimulatedWord</c>.</param>
/// <param name="Nth">At which of these words in the life of a child.</param>
/// <param name="Amount">Milliseconds, bytes, an exit code or a variant, as the kind says.</param>
internal sealed record FaultSpec(int Node, string Kind, string Word, int Nth, int Amount);
