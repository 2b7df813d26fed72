using System.Text.RegularExpressions;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Architecture.Tests;

public partial class DocumentLinkTests
{
    [Fact]
    public void Link_OfADocument_LeadsToAFile() =>
        Findings.None(
            new[] { "src", "tests", "samples", "docs" }
                .SelectMany(folder => Repository.Files(folder, "*.md"))
                .Concat(Directory.GetFiles(Repository.PathOf("."), "*.md"))
                .SelectMany(path => Broken(path, File.ReadAllText(path)))
        );

    [Fact]
    public void Broken_LinkToNoFile_IsFound()
    {
        string document = Repository.PathOf("README.md");

        Assert.Empty(Broken(document, "[a](src/README.md#rooms) [b](https://example.org/no) [c](#here)"));
        Assert.Single(Broken(document, "[d](src/NO.md)"));
    }

    private static IEnumerable<string> Broken(string path, string text) =>
        Links()
            .Matches(text)
            .Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && target[0] != '#')
            .Select(target => target.Split('#')[0])
            .Where(target => !Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, target)))
            .Select(target => $"{Repository.Relative(path)} links to '{target}', which does not exist.");

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Links();
}
