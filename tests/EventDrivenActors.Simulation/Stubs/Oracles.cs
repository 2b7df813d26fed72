using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>A broken promise.</summary>
internal sealed record Breach(string Promise, string Sentence, IReadOnlyList<Note> Evidence);

/// <summary>Stands in until the oracle is there.</summary>
internal static class Oracle
{
    public static IReadOnlyList<Breach> Check(SimProgram program, IReadOnlyList<Note> notes, bool isReal = false) => [];
}
