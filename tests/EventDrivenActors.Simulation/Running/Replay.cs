using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Oracles;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Running;

/// <summary>Runs one program, and prints all of it.</summary>
internal static class Replay
{
    /// <param name="what">A seed, or the file of a program.</param>
    /// <param name="isReal">Whether it runs on real threads and processes.</param>
    /// <returns>0 where nothing is broken.</returns>
    public static int Run(string what, bool isReal)
    {
        SimProgram program = int.TryParse(what, out int seed)
            ? isReal
                ? RealTimes.Of(Generator.Make(seed))
                : Generator.Make(seed)
            : ProgramFile.Read(File.ReadAllText(what));
        Console.WriteLine(ProgramFile.Text(program));
        Trial trial = Trial.Of(program, isReal);
        foreach (Note note in trial.Notes)
        {
            Console.WriteLine(note);
        }

        foreach (Breach breach in trial.Breaches)
        {
            Console.WriteLine($"BROKEN {breach.Promise}: {breach.Sentence}");
            foreach (Note note in breach.Evidence)
            {
                Console.WriteLine($"    {note}");
            }
        }

        Console.WriteLine($"1 program: {(trial.IsBroken ? 1 : 0)} broken");
        return trial.IsBroken ? 1 : 0;
    }
}
