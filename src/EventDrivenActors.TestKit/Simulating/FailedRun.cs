namespace EventDrivenActors.TestKit.Simulating;

/// <summary>Describes a failed run.</summary>
internal static class FailedRun
{
    private const string Replay = "ReplaySimulationAsync";

    /// <param name="plan">The smallest run.</param>
    /// <param name="end">Its end.</param>
    /// <param name="found">The end of the run that failed first.</param>
    /// <param name="runs">The number of runs that shrinking took.</param>
    public static SimulationException Describe(SimulationCase plan, SimulatedEnd end, SimulatedEnd found, int runs)
    {
        Broken broken = end.Broken!;
        string[] faults = [.. end.Faults.OrderBy(fault => fault.Number).Select(fault => fault.Says)];
        int turns = end.Deviations.Count;
        string shrunk =
            runs == 0
                ? ""
                : $", of {found.Faults.Count} and {found.Deviations.Count} that "
                    + $"{(runs == 1 ? "1 run" : $"{runs} runs")} made fewer";
        string[] lines =
        [
            $"Seed {plan.Seed} {broken.Says}; {Replay}(\"{plan}\", …) runs it again.",
            broken.Reason,
            $"With {Count(faults.Length, "fault")} and {Count(turns, "turn")} out of "
                + $"order{shrunk}{(faults.Length == 0 ? "." : ":")}",
            .. end.Faults.OrderBy(fault => fault.Number).Select(fault => $"  {fault.Number}: {fault.Says}"),
            "The order of events:",
            end.Order,
        ];
        return new SimulationException(string.Join(Environment.NewLine, lines), broken.Exception)
        {
            Seed = plan.Seed,
            Replay = plan.ToString(),
            Invariant = broken.Invariant,
            Faults = faults,
            TurnsOutOfOrder = turns,
            Order = end.Order,
        };
    }

    private static string Count(int count, string what) =>
        count switch
        {
            0 => $"no {what}",
            1 => $"1 {what}",
            _ => $"{count} {what}s",
        };
}
