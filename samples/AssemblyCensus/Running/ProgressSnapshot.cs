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
    IReadOnlyList<ChildStatistics> Children);
