using AssemblyCensus.Engines;
using AssemblyCensus.Feeding;
using AssemblyCensus.Options;
using AssemblyCensus.Reporting;

namespace AssemblyCensus.Running;

/// <summary>Feeds the engine and gathers the outcomes, until the plan or the drain has ended.</summary>
internal sealed class CensusRun(
    CensusOptions options,
    ICensusEngine engine,
    IReadOnlyList<CensusItem> plan,
    DrainSignal drain,
    CensusProgress progress,
    TimeProvider time
)
{
    private int _taken;

    public async Task<CensusReport> ExecuteAsync()
    {
        long start = time.GetTimestamp();
        List<CensusOutcome> outcomes = new List<CensusOutcome>(plan.Count);
        try
        {
            await foreach (CensusOutcome outcome in engine.RunAsync(Feed(), drain.Abandon))
            {
                outcomes.Add(outcome);
                progress.Add(outcome);
            }
        }
        catch (OperationCanceledException) when (drain.Abandon.IsCancellationRequested)
        {
            // The report counts items in flight as abandoned: they were taken and have no outcome.
        }

        return new CensusReport
        {
            Folder = options.Path,
            Engine = engine.Description,
            Planned = plan,
            Outcomes = outcomes,
            Abandoned = _taken - outcomes.Count,
            Interrupted = drain.IsStopping,
            Elapsed = time.GetElapsedTime(start),
            Children = engine.Children,
        };
    }

    private IEnumerable<CensusItem> Feed()
    {
        foreach (CensusItem item in plan.TakeWhile(_ => !drain.IsStopping))
        {
            _taken++;
            yield return item;
        }
    }
}
