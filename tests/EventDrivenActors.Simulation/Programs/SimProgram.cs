namespace EventDrivenActors.Simulation.Programs;

/// <summary>
/// A whole program as data: its nodes, the steps of its clients, and the faults. It can be run, shrunk and printed.
/// </summary>
/// <param name="Seed">The seed of the program, which also orders the interleaving of a run.</param>
/// <param name="Nodes">The controllers and pools; others name them by their index.</param>
/// <param name="Clients">Scripts that run side by side; each does one step after the other.</param>
/// <param name="Faults">The faults of children.</param>
internal sealed record SimProgram(
    int Seed,
    IReadOnlyList<NodeSpec> Nodes,
    IReadOnlyList<ClientSpec> Clients,
    IReadOnlyList<FaultSpec> Faults
)
{
    /// <summary>All events that it may dispatch, those that handlers dispatch included.</summary>
    public IEnumerable<Work> AllWork =>
        Clients.SelectMany(client => client.Steps).SelectMany(step => step.Works).SelectMany(work => work.WithInner);
}
