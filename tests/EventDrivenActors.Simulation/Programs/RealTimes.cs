namespace EventDrivenActors.Simulation.Programs;

/// <summary>
/// A program for the real clock: seconds of the virtual clock become tenths of seconds, and minutes are left out.
/// </summary>
internal static class RealTimes
{
    private const int Longest = 400;
    private const int ShortestLimit = 30;

    public static SimProgram Of(SimProgram program) =>
        program with
        {
            Nodes = [.. program.Nodes.Select(Of)],
            Clients = [.. program.Clients.Select(client => new ClientSpec([.. client.Steps.Select(Of)]))],
        };

    private static NodeSpec Of(NodeSpec node) =>
        node with
        {
            EventTimeout = Limit(node.EventTimeout),
            Timer = node.Timer is { } interval ? Math.Max(10, Wait(interval)) : null,
            Child = node.Child is { } child ? child with { EventTimeout = Limit(child.EventTimeout) } : null,
        };

    private static Step Of(Step step) =>
        step with
        {
            Amount = step.Kind is StepKind.Pause or StepKind.SetTiming or StepKind.FreezeChild or StepKind.StarveChild
                ? Wait(step.Amount)
                : step.Amount,
            Timeout = Limit(step.Timeout),
            CancelAfter = step.CancelAfter is { } after ? Wait(after) : null,
            Works = [.. step.Works.Select(Of)],
        };

    private static Work Of(Work work) => work with { Acts = [.. work.Acts.Select(Of)] };

    private static Act Of(Act act) =>
        act with
        {
            Amount = act.Kind is ActKind.Delay or ActKind.Deaf or ActKind.LeaveBehind ? Wait(act.Amount) : act.Amount,
            Inner = act.Inner is { } inner ? Of(inner) : null,
        };

    private static int Wait(int milliseconds) =>
        milliseconds <= 10 ? milliseconds : Math.Min(Longest, Math.Max(10, milliseconds / 10));

    private static int? Limit(int? milliseconds) =>
        milliseconds is { } limit ? Math.Clamp(limit / 5, ShortestLimit, 10 * Longest) : null;
}
