using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Worlds;

/// <summary>Stands in until the simulated world is there.</summary>
internal static class Simulator
{
    public static IReadOnlyList<Note> Run(SimProgram program) => [new Note { Number = 1, At = 0, Kind = NoteKind.Made, Node = 0, Text = $"{program.Seed}" }];
}
