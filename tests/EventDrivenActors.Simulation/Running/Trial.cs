using System.Text;
using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Oracles;
using EventDrivenActors.Simulation.Programs;
using EventDrivenActors.Simulation.Worlds;

namespace EventDrivenActors.Simulation.Running;

/// <summary>One run of one program, and the verdict of the oracle.</summary>
internal sealed record Trial(SimProgram Program, IReadOnlyList<Note> Notes, IReadOnlyList<Breach> Breaches)
{
    /// <summary>The promise of a run that the simulator itself could not end.</summary>
    public const string OwnPromise = "Simulator";

    public bool IsBroken => Breaches.Count > 0;

    /// <summary>All notes as text: the same for each run of a seed.</summary>
    public string Trace =>
        Notes.Aggregate(new StringBuilder(), (text, note) => text.Append(note).Append('\n')).ToString();

    public static Trial Of(int seed, bool isReal = false) =>
        Of(isReal ? RealTimes.Of(Generator.Make(seed)) : Generator.Make(seed), isReal);

    public static Trial Of(SimProgram program, bool isReal = false)
    {
        IReadOnlyList<Note> notes = [];
        try
        {
            notes = isReal ? RealWorld.Run(program) : Simulator.Run(program);
            return new Trial(program, notes, Oracle.Check(program, notes, isReal));
        }
        catch (Exception exception)
        {
            return new Trial(
                program,
                notes,
                [
                    new Breach(
                        OwnPromise,
                        $"{exception.GetType().Name}: {exception.Message}{Environment.NewLine}{exception.StackTrace}",
                        []
                    ),
                ]
            );
        }
    }

    public bool Breaks(string promise) => Breaches.Any(breach => breach.Promise == promise);
}
