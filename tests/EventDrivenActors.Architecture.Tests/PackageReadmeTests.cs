using System.Text.RegularExpressions;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Architecture.Tests;

/// <summary>A package's README is read where the package is listed, outside of the repository.</summary>
public partial class PackageReadmeTests
{
    private const int MostLinesOfUse = 5;

    [Fact]
    public void Package_WithAPublicApi_HasAReadme() =>
        Findings.None(
            WithAPublicApi()
                .Where(readme => !File.Exists(readme))
                .Select(readme => $"{Repository.Relative(readme)} is missing; it is what a user of the package sees.")
        );

    [Fact]
    public void Readme_OfAPackageWithAPublicApi_BeginsWithItsUseInFiveLines() =>
        Findings.None(Read(WithAPublicApi()).SelectMany(Late));

    [Fact]
    public void Readme_OfAPackage_LinksToNoFileOfTheRepository() =>
        Findings.None(
            Read(
                    Directory
                        .GetDirectories(Repository.PathOf("src"))
                        .Select(package => Path.Combine(package, "README.md"))
                )
                .SelectMany(Relative)
        );

    [Theory]
    [InlineData("# A\n\n```csharp\none\ntwo\n```", 0)]
    [InlineData("# A\n\nText\n\n```csharp\n1\n2\n3\n4\n5\n6\n```", 1)]
    [InlineData("# A\n\n```sh\ndotnet add package A\n```", 1)]
    [InlineData("# A\n\nText", 1)]
    public void Late_Use_IsFound(string text, int count) => Assert.Equal(count, Late(("README.md", text)).Count());

    [Theory]
    [InlineData("[a](https://example.org) `docs/contract.md`", 0)]
    [InlineData("[a](../../docs/contract.md)", 1)]
    [InlineData("[a](#here)", 0)]
    public void Relative_Link_IsFound(string text, int count) =>
        Assert.Equal(count, Relative(("README.md", text)).Count());

    /// <summary>The READMEs of packages that somebody calls; an API file without entries has one line.</summary>
    private static IEnumerable<string> WithAPublicApi() =>
        Repository
            .Files("src", "PublicAPI.Unshipped.txt")
            .Where(api => File.ReadLines(api).Count() > 1)
            .Select(api => Path.Combine(Path.GetDirectoryName(api)!, "README.md"));

    private static IEnumerable<(string Path, string Text)> Read(IEnumerable<string> readmes) =>
        readmes.Where(File.Exists).Select(path => (Repository.Relative(path), File.ReadAllText(path)));

    private static IEnumerable<string> Late((string Path, string Text) readme)
    {
        Match first = FirstBlock().Match(readme.Text.ReplaceLineEndings("\n"));
        if (!first.Success || first.Groups["info"].Value != "csharp")
        {
            yield return $"{readme.Path} has no csharp block before all others; begin with the package's use.";
        }
        else if (first.Groups["line"].Captures.Count > MostLinesOfUse)
        {
            yield return $"{readme.Path} begins with {first.Groups["line"].Captures.Count} lines of code; "
                + $"{MostLinesOfUse} show the use.";
        }
    }

    private static IEnumerable<string> Relative((string Path, string Text) readme) =>
        Links()
            .Matches(readme.Text)
            .Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && target[0] != '#')
            .Select(target =>
                $"{readme.Path} links to '{target}', which leads nowhere from a list of packages; name it."
            );

    [GeneratedRegex("^```(?<info>\\S*)\n(?:(?<line>.*)\n)*?```", RegexOptions.Multiline)]
    private static partial Regex FirstBlock();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Links();
}
