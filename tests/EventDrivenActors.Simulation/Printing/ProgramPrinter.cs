using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Printing;

/// <summary>
/// Prints a program as a complete <c>Program.cs</c> that needs nothing but the package with children: real threads,
/// real processes, the real clock.
/// </summary>
/// <param name="program">The program to print.</param>
/// <param name="promise">The promise that it breaks.</param>
/// <param name="sentence">The breach, in one sentence.</param>
/// <param name="replay">The command that runs it again in the simulator.</param>
/// <param name="notes">The notes of the simulated run.</param>
internal sealed class ProgramPrinter(
    SimProgram program,
    string promise,
    string sentence,
    string replay,
    IReadOnlyList<Note> notes
)
{
    private const int LastNotes = 12;
    private readonly CodeText _code = new();

    public static string Print(
        SimProgram program,
        string promise,
        string sentence,
        string replay,
        IReadOnlyList<Note> notes
    ) => new ProgramPrinter(program, promise, sentence, replay, notes).Print();

    private string Print()
    {
        PrintHead();
        PrintNotes();
        _code.Lines(Expectation.Of(program).Select(line => $"//= {line}"));
        _code.Line("#pragma warning disable CS0162, CS0414, CS0649, CS1998, CS4014, CS8321");
        _code
            .Line("using System.Diagnostics;")
            .Line("using System.Globalization;")
            .Line("using Akka.Actor;")
            .Line("using EventDrivenActors;")
            .Line();
        FaultPrinter faults = new(program);
        _code.Lines(faults.Setup());
        _code.Line(
            "World.Runtime = EventRuntime.Create(o => o.Configuration = \"akka { loglevel = OFF, stdout-loglevel = "
                + "OFF }\");"
        );
        for (int node = 0; node < program.Nodes.Count; node++)
        {
            new NodePrinter(program, node, _code).PrintMaking();
        }

        _code.Line();
        for (int client = 0; client < program.Clients.Count; client++)
        {
            new ClientPrinter(program, program.Clients[client], _code).Print(client);
        }

        _code.Lines(faults.Aside());
        string nodes = string.Join(", ", Enumerable.Range(0, program.Nodes.Count).Select(node => $"World.N{node}"));
        string clients = string.Join(
            ", ",
            Enumerable.Range(0, program.Clients.Count).Select(client => $"client{client}")
        );
        _code
            .Line($"await Ends.PrintAsync([{string.Join(", ", Expectation.Events(program))}], [{clients}], [{nodes}]);")
            .Line("Environment.Exit(0);")
            .Line();
        PrintWorld();
        PrintHandlers(faults);
        AdapterPrinter.Print(program, _code);
        _code.Lines(HelperText.Of(_code.ToString()));
        return _code.ToString();
    }

    private void PrintHead()
    {
        _code.Line($"// Kind: {promise}: {OneLine(sentence)}");
        _code.Line(
            $"// Found by the simulator, and made smaller; its order is drawn from the seed {program.Seed}. Replay: "
                + $"{replay}"
        );
        _code.Line(
            "// The simulator decides the order of all turns, words and timers; on real threads the fault may need "
                + "many runs."
        );
    }

    private void PrintNotes()
    {
        for (int node = 0; node < program.Nodes.Count; node++)
        {
            int of = node;
            Note[] last = [.. notes.Where(note => note.Node == of).TakeLast(LastNotes)];
            if (last.Length > 0)
            {
                _code.Line($"// The last notes of {program.Nodes[node].Name}:");
                _code.Lines(last.Select(note => $"//   {OneLine(note.ToString())}"));
            }
        }
    }

    private void PrintWorld()
    {
        _code.Open("static class World");
        _code.Line("public static EventRuntime Runtime = null!;");
        for (int node = 0; node < program.Nodes.Count; node++)
        {
            NodeSpec spec = program.Nodes[node];
            _code.Line($"public static {(spec.IsPool ? "ControllerPool" : "Controller")} N{node} = null!;");
            if (spec.Child is not null)
            {
                _code.Line($"public static SubprocessAdapter C{node} = null!;");
            }

            if (spec.Timer is not null)
            {
                _code.Line($"public static TimerAdapter T{node} = null!;");
            }

            if (spec.Vetoes > 0)
            {
                _code.Line($"public static int Vetoes{node} = {spec.Vetoes};");
            }

            if (
                program.Clients.Any(client =>
                    client.Steps.Any(step => step.Kind == StepKind.Listen && step.Node == node)
                )
            )
            {
                _code.Line($"public static readonly Stack<IDisposable> L{node} = [];");
            }
        }

        _code.Close().Line();
    }

    private void PrintHandlers(FaultPrinter faults)
    {
        _code.Open("static class Handlers");
        if (HandlerPrinter.IsTainted(program))
        {
            _code.Line("static readonly AsyncLocal<int> Taint = new();");
        }

        for (int node = 0; node < program.Nodes.Count; node++)
        {
            new HandlerPrinter(program, node, faults, _code).Print();
        }

        _code.Close().Line();
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
