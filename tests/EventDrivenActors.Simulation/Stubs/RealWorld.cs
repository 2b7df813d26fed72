using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Worlds;

/// <summary>Stands in until the real world is there.</summary>
internal static class RealWorld
{
    public static IReadOnlyList<Note> Run(SimProgram program) => throw new NotSupportedException($"The program of seed {program.Seed} cannot run on real processes yet.");
}
