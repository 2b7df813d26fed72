using AssemblyCensus.Engines;
using AssemblyCensus.Feeding;
using AssemblyCensus.Reading;
using AssemblyCensus.Reporting;

namespace EventDrivenActors.Samples.Tests.Census;

public class ReportPrinterTests
{
    private static readonly CensusOutcome[] Outcomes =
    [
        .. Enumerable.Range(10, 65).Select(number => Of(FileKinds.ResourceOnly, number)),
        .. Enumerable.Range(10, 10).Select(number => Of(FileKinds.Native, number)),
    ];

    [Fact]
    public void Print_ManyFilesOfAKind_ListsTenAndTheirNumber()
    {
        string[] lines = Print(verbose: false);

        Assert.Contains("resource-only: 65", lines);
        Assert.Equal(20, lines.Count(IsAFile));
        Assert.Equal(
            "    and 55 more; --verbose lists all of them, and so does the file of --json",
            lines[Array.IndexOf(lines, "    resource-only19.dll") + 1]
        );
        Assert.DoesNotContain("    resource-only20.dll", lines);
        Assert.Single(lines, line => line.Contains("more;", StringComparison.Ordinal));
    }

    [Fact]
    public void Print_Verbose_ListsAll()
    {
        string[] lines = Print(verbose: true);

        Assert.Equal(75, lines.Count(IsAFile));
        Assert.DoesNotContain(lines, line => line.Contains("more;", StringComparison.Ordinal));
    }

    private static bool IsAFile(string line) => line.EndsWith(".dll", StringComparison.Ordinal);

    private static string[] Print(bool verbose)
    {
        using StringWriter output = new();
        CensusReport report = new()
        {
            Folder = "/folder",
            Engine = "here",
            Planned = [.. Outcomes.Select(outcome => outcome.Item)],
            Outcomes = Outcomes,
            Abandoned = 0,
            Interrupted = false,
            Elapsed = TimeSpan.FromSeconds(1),
            Children = [],
        };
        ReportPrinter.Print(new PlainView(output, TimeProvider.System, verbose), report, verbose);
        return output.ToString().Split(Environment.NewLine);
    }

    private static CensusOutcome Of(string kind, int number) =>
        CensusOutcome.Read(
            new CensusItem($"/folder/{kind}{number}.dll"),
            new AssemblyFacts
            {
                Kind = kind,
                Sha256 = $"{kind}{number}",
                FileBytes = 1,
                Problem = $"It is {kind}.",
            }
        );
}
