using System.Text.Json;
using AssemblyCensus.Engines;
using AssemblyCensus.Feeding;

namespace AssemblyCensus.Reporting;

/// <summary>How one sabotage event ended, and how it must end.</summary>
internal sealed record SabotageResult(string Sabotage, string Ended, string Expected, string Sentence)
{
    public bool IsAsExpected => Ended == Expected;

    public static SabotageResult Of(CensusOutcome outcome)
    {
        Sabotage sabotage = outcome.Item.Sabotage!.Value;
        return new SabotageResult(
            JsonNamingPolicy.KebabCaseLower.ConvertName(sabotage.ToString()),
            outcome.Failure?.Name() ?? "completed",
            EventFailures.ExpectedOf(sabotage).Name(),
            outcome.Sentence ?? "The handler returned."
        );
    }
}
