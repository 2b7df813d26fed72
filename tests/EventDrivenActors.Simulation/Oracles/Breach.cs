using EventDrivenActors.Simulation.Notes;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>A promise that a run has broken.</summary>
/// <param name="Promise">Which one of the contract, such as <c>P1</c>.</param>
/// <param name="Sentence">The breach, in one sentence.</param>
/// <param name="Evidence">The notes that show it.</param>
internal sealed record Breach(string Promise, string Sentence, IReadOnlyList<Note> Evidence)
{
    public override string ToString() => $"{Promise}: {Sentence}";
}
