using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Worlds;

/// <summary>
/// The first program of each actor system. The library and Akka create some of their parts at first use, which would
/// change the order of the next program.
/// </summary>
internal static class WarmUp
{
    public static SimProgram Program { get; } = new(0, [.. Nodes()], [new ClientSpec([.. Steps()])], []);

    private static IEnumerable<NodeSpec> Nodes()
    {
        KeySpec[] keys = [new KeySpec("k0", HandlerShape.Task)];
        yield return new NodeSpec
        {
            Name = "n0",
            Keys = keys,
            Timer = 10,
        };
        yield return new NodeSpec
        {
            Name = "n1",
            Keys = keys,
            Workers = 2,
        };
        yield return new NodeSpec
        {
            Name = "n2",
            Child = new ChildSpec { Keys = keys },
        };
    }

    private static IEnumerable<Step> Steps()
    {
        yield return new Step(StepKind.Run, 0);
        yield return new Step(StepKind.Run, 1);
        yield return new Step(StepKind.Run, 2);
        yield return new Step(StepKind.Dispatch, 2) { Key = "k0", Works = [new Work(4, 2, [])] };
        yield return new Step(StepKind.Listen, 0) { Amount = 1, Key = "k0" };
        yield return new Step(StepKind.Dispatch, 1)
        {
            Key = "k0",
            Works = [new Work(1, -1, [new Act(ActKind.Yield), new Act(ActKind.Throw)])],
        };
        yield return new Step(StepKind.Tell, 0)
        {
            Key = "k0",
            Works = [new Work(2, -1, [new Act(ActKind.Delay, Amount: 20)])],
        };
        yield return new Step(StepKind.Submit, 0) { Key = "submit", Works = [new Work(3, -1, [])] };
        yield return new Step(StepKind.Suspend, 1);
        yield return new Step(StepKind.Resume, 1);
        yield return new Step(StepKind.AwaitAll);
        yield return new Step(StepKind.Shutdown, 1);
    }
}
