using EventDrivenActors.Simulation.Programs;
using EventDrivenActors.Simulation.Running;
using EventDrivenActors.Simulation.Shrinking;

namespace EventDrivenActors.Simulation.Tests.Shrinking;

public class ShrinkerTests
{
    [Fact]
    public void Shrink_OneEventIsEnough_LeavesIt()
    {
        SimProgram shrunk = new Shrinker(program =>
            program.FindWork(2) is { } work && work.Acts.Any(act => act.Kind == ActKind.Throw)
        ).Shrink(Samples.Small);

        Step step = Assert.Single(Assert.Single(shrunk.Clients).Steps);
        Assert.Equal((2, StepKind.Dispatch), (Assert.Single(step.Works).Id, step.Kind));
        Assert.Equal(ActKind.Throw, Assert.Single(step.Works[0].Acts).Kind);
    }

    [Fact]
    public void Shrink_NodeThatIsNotNeeded_RenumbersTheOthers()
    {
        NodeSpec node = Samples.Small.Nodes[0];
        SimProgram program = Samples.Small with
        {
            Nodes = [node with { Name = "n0" }, node with { Name = "n1" }, node with { Name = "n2" }],
            Clients =
            [
                new ClientSpec([
                    new Step(StepKind.Listen, 2) { Amount = 1 },
                    Samples.Dispatch(2, new Work(1, -1, [new Act(ActKind.Call, 1, 0, "k0", new Work(2, -1, []))])),
                ]),
            ],
            Faults = [new FaultSpec(2, "DieBefore", "Call", 3, 17)],
        };

        SimProgram shrunk = program.WithoutNode(0);

        Assert.Equal(["n1", "n2"], shrunk.Nodes.Select(left => left.Name));
        Assert.Equal([(1, 0), (1, 0)], shrunk.Clients[0].Steps.Select(step => (step.Node, step.Amount)));
        Assert.Equal(0, shrunk.Clients[0].Steps[1].Works[0].Acts[0].Node);
        Assert.Equal(1, shrunk.Faults[0].Node);
        Assert.Empty(shrunk.WithoutNode(1).Clients[0].Steps);
        Assert.Empty(shrunk.WithoutNode(1).Faults);
    }

    [Fact]
    public void Shrink_Options_AreBackAtTheirDefaults()
    {
        SimProgram shrunk = new Shrinker(
            program => program.Nodes.Any(node => node.Child is { KillOnTimeout: true }),
            budget: 5_000
        ).Shrink(Samples.Everything);

        NodeSpec node = Assert.Single(shrunk.Nodes);
        Assert.Equal(
            (0, null, QueueFullMode.Wait, false, null, null, 0, 0, 0),
            (
                node.Workers,
                node.Capacity,
                node.FullMode,
                node.ThrowWhenSuspended,
                node.EventTimeout,
                node.Timer,
                node.Adapters.Count,
                node.Keys.Count,
                node.Vetoes
            )
        );
        Assert.Equal(
            (1, 0, 3, null, false, null, 0),
            (
                node.Child!.Workers,
                node.Child.Idempotent.Count,
                node.Child.MaxAttempts,
                node.Child.MaxInFlight,
                node.Child.Spare,
                node.Child.RecycleAfter,
                node.Child.Keys.Count
            )
        );
        Assert.Empty(shrunk.Clients);
        Assert.Empty(shrunk.Faults);
    }

    [Fact]
    public void Shrink_Numbers_AreTheLeastThatFail()
    {
        SimProgram program = Samples.Small with
        {
            Clients = [new ClientSpec([new Step(StepKind.Pause) { Amount = 2_000 }])],
            Faults = [new FaultSpec(0, "Freeze", "Call", 4, 30_000)],
        };

        SimProgram shrunk = new Shrinker(other =>
            other.Clients is [{ Steps: [{ Amount: >= 15 }] }] && other.Faults is [{ Nth: >= 2 }]
        ).Shrink(program);

        Assert.Equal((20, 2, 0), (shrunk.Clients[0].Steps[0].Amount, shrunk.Faults[0].Nth, shrunk.Faults[0].Amount));
    }

    [Fact]
    public void Shrink_Budget_IsKept()
    {
        int asked = 0;
        Shrinker shrinker = new(
            _ =>
            {
                asked++;
                return asked % 3 == 0;
            },
            budget: 50
        );

        shrinker.Shrink(Samples.Everything);

        Assert.Equal((50, 50), (asked, shrinker.Runs));
    }

    [Fact]
    public void Shrink_Twice_IsTheSame()
    {
        static bool Fails(SimProgram program) => program.AllWork.Count() > 3 && program.Seed % 2 == 1;

        Assert.Equal(
            ProgramFile.Text(new Shrinker(Fails).Shrink(Samples.Everything)),
            ProgramFile.Text(new Shrinker(Fails).Shrink(Samples.Everything))
        );
    }

    [Fact]
    public void Shrink_FailsInAnotherOrderOnly_TakesThatOrder()
    {
        SimProgram shrunk = new Shrinker(program =>
            program.Clients.Count == 1 ? program.Seed == 7 : program.Seed != 7
        ).Shrink(Samples.Small);

        Assert.Empty(shrunk.Clients);
        Assert.NotEqual(7, shrunk.Seed);
    }

    [Fact]
    public void ProgramFile_WrittenAndRead_IsTheSame()
    {
        string text = ProgramFile.Text(Samples.Everything);

        Assert.Equal(text, ProgramFile.Text(ProgramFile.Read(text)));
    }
}
