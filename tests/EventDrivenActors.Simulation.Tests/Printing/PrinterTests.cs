using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Printing;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Tests.Printing;

public class PrinterTests
{
    private const int Programs = 30;

    [Fact]
    public void Print_RandomPrograms_Compile()
    {
        for (int seed = 1; seed <= Programs; seed++)
        {
            Assert.True(
                Compiler.Errors(Print(Generator.Make(seed))) is [],
                $"Seed {seed}: {string.Join('\n', Compiler.Errors(Print(Generator.Make(seed))))}"
            );
        }
    }

    [Fact]
    public void Print_EachPartOnce_Compiles() => Assert.Empty(Compiler.Errors(Print(Samples.Everything)));

    [Fact]
    public void Print_Failure_SaysPromiseSeedAndReplay()
    {
        string code = ProgramPrinter.Print(
            Samples.Small,
            "P1",
            "Event 2 never settled.",
            "replay 7",
            [
                new Note
                {
                    Number = 1,
                    At = 0,
                    Kind = NoteKind.Made,
                    Node = 0,
                    Text = "Created",
                },
            ]
        );

        Assert.StartsWith("// Kind: P1: Event 2 never settled.\n", code, StringComparison.Ordinal);
        Assert.Contains(
            "made smaller; its order is drawn from the seed 7. Replay: replay 7",
            code,
            StringComparison.Ordinal
        );
        Assert.Contains("Made n0 Created", code, StringComparison.Ordinal);
    }

    [Fact]
    public void Print_PlainProgram_KnowsEachEnd()
    {
        string code = Print(Samples.Small);

        Assert.Contains(
            "//= event 1: Completed\n//= event 2: Faulted\n//= all has ended\n",
            code,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Print_CancelledEvent_AllowsEachEnd()
    {
        SimProgram program = Samples.Small with
        {
            Clients = [.. Samples.Small.Clients, new ClientSpec([new Step(StepKind.Cancel) { Amount = 1 }])],
        };

        Assert.Contains("//= ~event 1: ((Completed|", Print(program), StringComparison.Ordinal);
    }

    private static string Print(SimProgram program) => ProgramPrinter.Print(program, "P1", "A sentence.", "replay", []);
}
