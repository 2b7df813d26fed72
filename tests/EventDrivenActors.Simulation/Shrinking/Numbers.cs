namespace EventDrivenActors.Simulation.Shrinking;

internal static class Numbers
{
    /// <summary>Smaller numbers to try, the smallest first.</summary>
    public static IEnumerable<int> Below(int number, int least) =>
        ((int[])[least, least + 1, 5, 20, 100, 1_000, number / 2])
            .Where(other => other >= least && other < number)
            .Distinct()
            .Order();
}
