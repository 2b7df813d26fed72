using AssemblyCensus.Engines;

namespace AssemblyCensus.Reporting;

/// <summary>Writes the report for people.</summary>
internal static class ReportPrinter
{
    private const int Most = 10;

    public static void Print(ICensusView view, CensusReport report, bool verbose)
    {
        Totals totals = report.Totals;
        PrintTotals(view, totals);

        IReadOnlyList<Bar> largest = LargestAssemblies.Bars(report.Outcomes);
        if (largest.Count > 0)
        {
            view.Heading("Largest assemblies");
            view.Chart(largest);
        }

        foreach (IGrouping<string, Finding> kind in report.Findings.GroupBy(finding => finding.Kind))
        {
            PrintFindings(view, kind.Key, [.. kind], verbose ? int.MaxValue : Most);
        }

        PrintSabotage(view, report.Sabotage);
        PrintEngine(view, report);
        view.Line(Verdict(report, totals));
    }

    private static void PrintTotals(ICensusView view, Totals totals)
    {
        view.Heading("Totals");
        view.Line($"  files       {totals.Files,15:N0}");
        view.Line($"  assemblies  {totals.Assemblies,15:N0}  of which {totals.ResourceOnly:N0} resource-only");
        view.Line(
            $"  other       {totals.Native + totals.Corrupt + totals.Modules + totals.Failed,15:N0}  "
                + $"{totals.Native:N0} native, {totals.Corrupt:N0} corrupt, {totals.Modules:N0} modules, "
                + $"{totals.Failed:N0} failed"
        );
        view.Line($"  types       {totals.Types,15:N0}");
        view.Line($"  methods     {totals.Methods,15:N0}");
        view.Line($"  references  {totals.References,15:N0}");
        view.Line($"  IL bytes    {totals.IlBytes,15:N0}");
        view.Line($"  file bytes  {totals.FileBytes,15:N0}");
    }

    /// <summary>A sentence that holds for every file of a kind stands once, above them.</summary>
    private static void PrintFindings(ICensusView view, string kind, IReadOnlyList<Finding> findings, int most)
    {
        bool same = findings.All(finding => finding.Sentence == findings[0].Sentence);
        view.Heading($"{kind}: {findings.Count:N0}");
        if (same)
        {
            view.Line($"  {findings[0].Sentence}");
        }

        foreach (Finding finding in findings.Take(most))
        {
            view.Line(same ? $"    {finding.File}" : $"    {finding.File}  {finding.Sentence}");
        }

        if (findings.Count > most)
        {
            view.Line(
                $"    and {findings.Count - most:N0} more; --verbose lists all of them, and so does the file of --json"
            );
        }
    }

    private static void PrintSabotage(ICensusView view, IReadOnlyList<SabotageResult> results)
    {
        if (results.Count == 0)
        {
            return;
        }

        view.Heading($"Sabotage: {results.Count}");
        foreach (SabotageResult result in results)
        {
            string doubt = result.IsAsExpected ? string.Empty : $"  It should have ended as {result.Expected}.";
            view.Line($"  {result.Sabotage,-14} {result.Ended,-15} {result.Sentence}{doubt}");
        }
    }

    private static void PrintEngine(ICensusView view, CensusReport report)
    {
        view.Heading($"Read {report.Engine}");
        foreach (ChildStatistics child in report.Children)
        {
            string processes = child.ProcessIds.Count == 0 ? "never up" : $"pids {string.Join(", ", child.ProcessIds)}";
            view.Line($"  child {child.Number}: {child.Done:N0} events, {child.Restarts} restarts, {processes}");
        }

        view.Line($"  {report.Elapsed.TotalSeconds:N2} s, {report.EventsPerSecond:N0} events/s");
    }

    private static string Verdict(CensusReport report, Totals totals)
    {
        int accounted = totals.Files - totals.Failed;
        string abandoned =
            report.Abandoned == 0
                ? "nothing was abandoned"
                : $"{report.Abandoned:N0} in flight were abandoned at the deadline";
        return report switch
        {
            { Interrupted: true } =>
                $"Interrupted: {accounted:N0} of {report.Found:N0} files were accounted for, {abandoned}.",
            { ExitCode: ExitCodes.Complete } => $"Every one of {report.Found:N0} files was accounted for.",
            _ when accounted == report.Found =>
                $"Every one of {report.Found:N0} files was accounted for, but sabotage did not end as it must.",
            _ => $"Only {accounted:N0} of {report.Found:N0} files were accounted for.",
        };
    }
}
