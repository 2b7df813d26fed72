using System.Text.RegularExpressions;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Architecture.Tests;

/// <summary>A promise in a document names the tests that hold it.</summary>
public partial class ReadmeClaimTests
{
    [Fact]
    public void HeldBy_EachTest_IsThere()
    {
        string[] named =
        [
            .. HeldBy()
                .Matches(string.Concat(Documents().Select(File.ReadAllText)))
                .SelectMany(match => match.Groups[1].Value.Split(", ")),
        ];
        HashSet<string> there =
        [
            .. Repository.Files("tests", "*.cs").Select(path => Path.GetFileNameWithoutExtension(path)),
        ];

        Assert.NotEmpty(named);
        Findings.None(
            named
                .Where(name => !there.Contains(name))
                .Select(name => $"A document says that '{name}' holds a promise, and no file of tests has that name.")
        );
    }

    private static IEnumerable<string> Documents() =>
        new[] { "docs", "src" }
            .SelectMany(folder => Repository.Files(folder, "*.md"))
            .Append(Repository.PathOf("README.md"));

    [GeneratedRegex("<!-- held by ([^>]+) -->")]
    private static partial Regex HeldBy();
}
