namespace EventDrivenActors.Simulation.Programs;

/// <summary>Stands in until the generator is there.</summary>
internal static class Generator
{
    public static SimProgram Make(int seed)
    {
        Random random = new(seed);
        NodeSpec node = new() { Name = "n0", Keys = [new KeySpec("k0", (HandlerShape)random.Next(4))], Workers = random.Next(2) };
        Step[] steps = [new Step(StepKind.Run), .. Enumerable.Range(1, 3).Select(id => new Step(StepKind.Dispatch) { Key = "k0", Works = [new Work(id, -1, [new Act(ActKind.Delay, Amount: id)])] })];
        return new SimProgram(seed, [node], [new ClientSpec(steps)], []);
    }
}
