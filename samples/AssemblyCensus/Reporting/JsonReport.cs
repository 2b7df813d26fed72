using System.Text.Encodings.Web;
using System.Text.Json;
using AssemblyCensus.Engines;
using AssemblyCensus.Reading;

namespace AssemblyCensus.Reporting;

/// <summary>Writes the report for programs.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Returns false, with a sentence on <paramref name="errors"/>, when the file cannot be written.</summary>
    public static bool TryWrite(string file, CensusReport report, TextWriter errors)
    {
        try
        {
            File.WriteAllText(file, Text(report) + "\n");
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(
                $"The report could not be written to '{file}' ({exception.Message.TrimEnd('.')}); name another file "
                    + "with --json."
            );
            return false;
        }
    }

    internal static string Text(CensusReport report) =>
        JsonSerializer.Serialize(
            new
            {
                report.Totals,
                report.Folder,
                report.Engine,
                Seconds = Math.Round(report.Elapsed.TotalSeconds, 3),
                EventsPerSecond = Math.Round(report.EventsPerSecond, 1),
                report.Found,
                report.Interrupted,
                report.Abandoned,
                report.ExitCode,
                report.Children,
                Frameworks = Frameworks(report.Outcomes),
                Largest = LargestAssemblies
                    .Of(report.Outcomes)
                    .Select(outcome => new
                    {
                        File = RelativePath.Of(outcome.Item.Path, report.Folder),
                        outcome.Facts!.Name,
                        outcome.Facts.Version,
                        outcome.Facts.TargetFramework,
                        outcome.Facts.FileBytes,
                        outcome.Facts.Sha256,
                    }),
                report.Findings,
                report.Sabotage,
            },
            Options
        );

    private static SortedDictionary<string, int> Frameworks(IEnumerable<CensusOutcome> outcomes) =>
        new(
            outcomes
                .Where(outcome => outcome.IsAssembly)
                .CountBy(outcome => TargetFrameworks.Shorten(outcome.Facts!.TargetFramework))
                .ToDictionary(),
            StringComparer.Ordinal
        );
}
