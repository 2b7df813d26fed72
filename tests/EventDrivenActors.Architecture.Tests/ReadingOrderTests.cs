using System.Text.RegularExpressions;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Architecture.Tests;

/// <summary>
/// A reader of <c>docs/architecture.md</c> opens few files. That its links lead to files is held by
/// <see cref="DocumentLinkTests"/>.
/// </summary>
public partial class ReadingOrderTests
{
    private const int MostInProcess = 20;
    private const int MostToAChild = 45;

    [Fact]
    public void Files_FromDispatchToSettlement_AreFew()
    {
        string[] document = File.ReadAllText(Repository.PathOf("docs/architecture.md")).Split("\n### ");
        string[] inProcess = FilesOf(document, "From `Dispatch` to settlement in one process");
        string[] toAChild = [.. inProcess, .. FilesOf(document, "To a child and back")];

        Assert.InRange(inProcess.Length, 1, MostInProcess);
        Assert.InRange(toAChild.Length, inProcess.Length + 1, MostToAChild);
        Assert.Equal(toAChild.Distinct(), toAChild);
    }

    private static string[] FilesOf(string[] document, string heading) =>
        [
            .. ListedFile()
                .Matches(Assert.Single(document, section => section.StartsWith(heading, StringComparison.Ordinal)))
                .Select(match => match.Groups[1].Value),
        ];

    [GeneratedRegex(@"^\d+\. \[[^\]]+\]\(([^)]+\.cs)\)", RegexOptions.Multiline)]
    private static partial Regex ListedFile();
}
