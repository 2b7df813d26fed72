namespace AssemblyCensus.Engines;

/// <summary>How one child of the pool is doing.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="ProcessIds">The processes that were this child, in order; the last one is the present one.</param>
/// <param name="Done">Events that it has settled, failed ones included.</param>
/// <param name="EventsPerSecond">Over the last few seconds.</param>
/// <param name="Restarts">How often a new process took its place.</param>
internal sealed record ChildStatistics(
    int Number,
    IReadOnlyList<int> ProcessIds,
    long Done,
    double EventsPerSecond,
    int Restarts
)
{
    /// <summary>The present process; null before the first one is up.</summary>
    public int? ProcessId => ProcessIds.Count == 0 ? null : ProcessIds[^1];
}
