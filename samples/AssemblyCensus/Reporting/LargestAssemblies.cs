using AssemblyCensus.Engines;
using AssemblyCensus.Reading;

namespace AssemblyCensus.Reporting;

/// <summary>The largest assemblies by file size; of identical copies only the first by path.</summary>
internal static class LargestAssemblies
{
    public static IReadOnlyList<CensusOutcome> Of(IEnumerable<CensusOutcome> outcomes, int count = 10) =>
        [
            .. outcomes
                .Where(outcome => outcome.IsAssembly)
                .OrderByDescending(outcome => outcome.Facts!.FileBytes)
                .ThenBy(outcome => outcome.Item.Path, StringComparer.Ordinal)
                .DistinctBy(outcome => outcome.Facts!.Sha256)
                .Take(count),
        ];

    public static IReadOnlyList<Bar> Bars(IEnumerable<CensusOutcome> outcomes) =>
        [
            .. Of(outcomes)
                .Select(outcome => outcome.Facts!)
                .Select(facts => new Bar(
                    $"{facts.Name} {TargetFrameworks.Shorten(facts.TargetFramework)}",
                    facts.FileBytes,
                    Bytes.Text(facts.FileBytes)
                )),
        ];
}
