using EventDrivenActors.Simulation.Oracles;
using EventDrivenActors.Simulation.Printing;
using EventDrivenActors.Simulation.Programs;
using EventDrivenActors.Simulation.Shrinking;

namespace EventDrivenActors.Simulation.Running;

/// <summary>Makes a failure ready to use: shrunk, printed as a program, and kept in files.</summary>
/// <param name="folder">Where the files go.</param>
/// <param name="isReal">Whether runs are real.</param>
/// <param name="budget">How many runs it may take; with 0 none, and only the notes are printed.</param>
internal sealed class HandOver(string folder, bool isReal, int budget)
{
    public const string Replay = "dotnet run -c Release --project tests/EventDrivenActors.Simulation -- replay ";

    /// <summary>The text to print at once: the sentence, and the notes that show the breach.</summary>
    public static string Words(Trial found)
    {
        Breach first = found.Breaches[0];
        return string.Join(
            "\n",
            first
                .Evidence.Select(note => $"    {note}")
                .Prepend($"BROKEN {first.Promise} by seed {found.Program.Seed}: {first.Sentence}")
        );
    }

    /// <summary>Writes the files, if it may shrink the program.</summary>
    /// <param name="found">The failure.</param>
    /// <param name="runs">Called before each run.</param>
    /// <returns>The text to print then: the paths of the files, and the program.</returns>
    public string Write(Trial found, Action runs)
    {
        if (budget == 0)
        {
            return "";
        }

        Breach first = found.Breaches[0];

        bool canShrink = first.Promise != Trial.OwnPromise;
        Shrinker shrinker = new(Breaks, budget);
        SimProgram smaller = canShrink ? shrinker.Shrink(found.Program) : found.Program;
        Trial shrunk = canShrink ? Trial.Of(smaller, isReal) : found;
        Breach breach = shrunk.Breaches.FirstOrDefault(other => other.Promise == first.Promise) ?? first;

        int seed = found.Program.Seed;
        Directory.CreateDirectory(folder);
        string data = Path.Combine(folder, $"seed-{seed}.json");
        string code = Path.Combine(folder, $"seed-{seed}.cs");
        string text = ProgramPrinter.Print(
            smaller,
            breach.Promise,
            breach.Sentence,
            $"{Replay}{seed} (shrunk: {Replay}{Path.GetFileName(data)})",
            shrunk.Notes
        );
        File.WriteAllText(data, ProgramFile.Text(smaller));
        File.WriteAllText(code, text);
        return $"""
            shrunk in {shrinker.Runs} runs from {Size(found.Program)} to {Size(smaller)}: {breach.Sentence}
            program: {code}
            replay:  {Replay}{seed}   or   {Replay}{data}

            {text}
            """;

        bool Breaks(SimProgram program)
        {
            runs();
            return Trial.Of(program, isReal).Breaks(first.Promise);
        }
    }

    private static string Size(SimProgram program) =>
        $"{program.Nodes.Count} nodes, {program.Clients.Count} clients, "
        + $"{program.Clients.Sum(client => client.Steps.Count)} steps, {program.AllWork.Count()} events, "
        + $"{program.Faults.Count} faults";
}
