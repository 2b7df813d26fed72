using AssemblyCensus.Engines;

namespace AssemblyCensus.Running;

/// <summary>Where a run stands.</summary>
/// <param name="Total">All events, sabotage included.</param>
/// <param name="Done">Events that have ended, failed ones included.</param>
/// <param name="Failed">Events without an assembly as their result.</param>
/// <param name="EventsPerSecond">Over the last few seconds.</param>
/// <param name="IsStopping">Whether the run drains.</param>
/// <param name="Children">One entry a child.</param>
internal sealed record ProgressSnapshot(
    int Total,
    int Done,
    int Failed,
    double EventsPerSecond,
    bool IsStopping,
    IReadOnlyList<ChildStatistics> Children
)
{
    /// <summary>
    /// How long the rest takes at the rate of the last few seconds; null where there is no rest, or no rate.
    /// </summary>
    public TimeSpan? TimeLeft =>
        Done >= Total || EventsPerSecond <= 0
            ? null
            : TimeSpan.FromSeconds(
                Math.Min(Math.Ceiling((Total - Done) / EventsPerSecond), TimeSpan.FromHours(9).TotalSeconds)
            );
}
