using System.Text.RegularExpressions;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Samples.Tests;

/// <summary>
/// Every <c>csharp</c> block of the documents is a copy of compiled code: a comment before it names the file of
/// <c>tests/EventDrivenActors.DocsExamples</c>, or of the cookbook among the TestKit's own tests, whose snippet it
/// shows.
/// </summary>
public partial class ReadmeSnippetTests
{
    private const string Examples = "tests/EventDrivenActors.DocsExamples";
    private const string Cookbook = "tests/EventDrivenActors.TestKit.Tests/Cookbook";

    [Fact]
    public void Document_EveryCSharpBlock_IsTheSnippetOfACompiledFile()
    {
        string[] findings = Documents()
            .SelectMany(path => Findings(Repository.Relative(path), File.ReadAllText(path), ReadExample))
            .ToArray();

        Assert.True(findings.Length == 0, string.Join(Environment.NewLine, findings));
    }

    [Fact]
    public void Example_EachOne_IsInADocument()
    {
        string documents = string.Concat(Documents().Select(File.ReadAllText));

        Assert.All(
            Repository
                .Files(Examples, "*.cs")
                .Concat(Repository.Files(Cookbook, "*.cs"))
                .Where(path => Snippet.Read(File.ReadAllText(path)).Count > 0),
            path => Assert.Contains($"<!-- snippet: {Path.GetFileName(path)} -->", documents)
        );
    }

    [Fact]
    public void Findings_BlockEqualToTheSnippet_AreNone() =>
        Assert.Empty(Example("<!-- snippet: A.cs -->\n```csharp\nint a;\n\nif (a)\n    b();\n```"));

    [Fact]
    public void Findings_BlockWithoutComment_AsksForOne() =>
        Assert.StartsWith(
            "README.md:2: a csharp block needs the comment <!-- snippet: FileName.cs -->",
            Assert.Single(Example("Text\n```csharp\nint a;\n```"))
        );

    [Fact]
    public void Findings_UnknownFile_IsNamed() =>
        Assert.Equal(
            "README.md:2: the snippet file 'B.cs' is not in " + Examples + " or " + Cookbook + ".",
            Assert.Single(Example("<!-- snippet: B.cs -->\n```csharp\nint a;\n```"))
        );

    [Fact]
    public void Findings_OtherText_ShowsBoth()
    {
        string finding = Assert.Single(Example("<!-- snippet: A.cs -->\n```csharp\nint b;\n```"));

        Assert.StartsWith("README.md:2: the block is not the snippet of A.cs. Line 1: the lines differ.", finding);
        Assert.Contains("+ int b;", finding);
    }

    private static IEnumerable<string> Documents() =>
        [Repository.PathOf("README.md"), .. Repository.Files("docs", "*.md"), .. Repository.Files("src", "*.md")];

    private static IEnumerable<string> Example(string markdown) =>
        Findings(
            "README.md",
            markdown,
            file =>
                file == "A.cs"
                    ? "class A\n{\n    // <snippet>\n    int a;\n\n    if (a)\n        b();\n    // </snippet>\n}"
                    : null
        );

    private static string? ReadExample(string file) =>
        Repository
            .Files(Examples, "*.cs")
            .Concat(Repository.Files(Cookbook, "*.cs"))
            .Where(path => Path.GetFileName(path) == file)
            .Select(File.ReadAllText)
            .FirstOrDefault();

    private static IEnumerable<string> Findings(string document, string markdown, Func<string, string?> read)
    {
        foreach (FencedBlock block in FencedBlock.Read(markdown).Where(block => block.Info is "csharp" or "cs" or "c#"))
        {
            string place = $"{document}:{block.LineNumber}";
            string file = SnippetComment().Match(block.LineBefore).Groups[1].Value;
            if (file.Length == 0)
            {
                yield return $"{place}: a csharp block needs the comment <!-- snippet: FileName.cs --> before it, "
                    + $"which names a file of {Examples} or {Cookbook}.";
            }
            else if (read(file) is not { } source)
            {
                yield return $"{place}: the snippet file '{file}' is not in {Examples} or {Cookbook}.";
            }
            else if (!Snippet.Read(source).SequenceEqual(block.Lines))
            {
                yield return $"{place}: the block is not the snippet of {file}. "
                    + $"{OutputMatcher.Difference(Snippet.Read(source), block.Lines)}";
            }
        }
    }

    [GeneratedRegex(@"^<!-- snippet: (\S+) -->$")]
    private static partial Regex SnippetComment();
}
