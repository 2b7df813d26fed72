using AssemblyCensus.Engines;
using AssemblyCensus.Feeding;

namespace AssemblyCensus.Reporting;

/// <summary>The result of a run.</summary>
internal sealed record CensusReport
{
    public required string Folder { get; init; }

    public required string Engine { get; init; }

    public required IReadOnlyList<CensusItem> Planned { get; init; }

    /// <summary>In the order in which they completed.</summary>
    public required IReadOnlyList<CensusOutcome> Outcomes { get; init; }

    /// <summary>Events that were in flight when the drain's deadline came.</summary>
    public required int Abandoned { get; init; }

    public required bool Interrupted { get; init; }

    public required TimeSpan Elapsed { get; init; }

    public required IReadOnlyList<ChildStatistics> Children { get; init; }

    /// <summary>Files that were found.</summary>
    public int Found => Planned.Count(item => item.Sabotage is null);

    public double EventsPerSecond => Elapsed > TimeSpan.Zero ? Outcomes.Count / Elapsed.TotalSeconds : 0;

    public Totals Totals => Totals.Of(Outcomes);

    /// <summary>The files to list, by the name of their kind and then by path: all but ordinary assemblies.</summary>
    public IReadOnlyList<Finding> Findings =>
        [
            .. Outcomes
                .Where(outcome => outcome.Item.Sabotage is null && outcome.Sentence is not null)
                .Select(outcome => Finding.Of(outcome, Folder))
                .OrderBy(finding => finding.Kind, StringComparer.Ordinal)
                .ThenBy(finding => finding.File, StringComparer.Ordinal),
        ];

    /// <summary>How the sabotage events ended, in the order of the plan.</summary>
    public IReadOnlyList<SabotageResult> Sabotage =>
        [
            .. Outcomes
                .Where(outcome => outcome.Item.Sabotage is not null)
                .OrderBy(outcome => outcome.Item.Sabotage)
                .Select(SabotageResult.Of),
        ];

    /// <summary>One of <see cref="ExitCodes"/>.</summary>
    public int ExitCode
    {
        get
        {
            if (Interrupted)
            {
                return ExitCodes.Interrupted;
            }

            bool everyFile = Totals is var totals && totals.Files == Found && totals.Failed == 0;
            bool everySabotage = Sabotage.Count == Planned.Count - Found && Sabotage.All(result => result.IsAsExpected);
            return everyFile && everySabotage ? ExitCodes.Complete : ExitCodes.Incomplete;
        }
    }
}
