using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Architecture.Tests;

public class LayoutTests
{
    private const int MostLines = 300;
    private const int MostColumns = 120;
    private const int MostColumnsOfProse = 100;

    [Fact]
    public void Namespace_OfEveryFile_IsItsFolder() => Findings.None(SourceFile.ReadAll().SelectMany(Misplaced));

    [Fact]
    public void File_OfAPackage_HoldsOnePublicTypeOfItsName() =>
        Findings.None(SourceFile.ReadAll().SelectMany(Crowded));

    [Fact]
    public void File_AnywhereInTheRepository_HasAtMost300Lines() =>
        Findings.None(
            new[] { "src", "tests", "samples" }
                .SelectMany(folder => Repository.Files(folder, "*.cs"))
                .Select(path => (Path: Repository.Relative(path), Lines: File.ReadLines(path).Count()))
                .Where(file => file.Lines > MostLines)
                .Select(file =>
                    $"{file.Path} has {file.Lines} lines; more than {MostLines} is a sign that two things live there."
                )
        );

    [Fact]
    public void Line_OfCode_HasAtMost120Columns() =>
        Findings.None(Lines("*.cs").Where(line => line.Text.Length > MostColumns).Select(TooLong));

    /// <summary>Tables, code and the addresses of links cannot be broken.</summary>
    [Fact]
    public void Line_OfProse_HasAtMost100Columns() =>
        Findings.None(
            Lines("*.md", WithoutCode)
                .Where(line => line.Text.Length > MostColumnsOfProse && IsProse(line.Text))
                .Select(TooLong)
        );

    [Theory]
    [InlineData("Pools/Crowd.cs", "namespace EventDrivenActors.Mapping;\ninternal class Crowd { }", 1)]
    [InlineData("Pools/Crowd.cs", "namespace EventDrivenActors;\ninternal class Crowd { }", 1)]
    [InlineData("Pools/Crowd.cs", "namespace EventDrivenActors;\npublic sealed class Crowd { }", 0)]
    [InlineData("Abstractions/Crowd.cs", "namespace EventDrivenActors;\ninternal class Crowd { }", 0)]
    [InlineData("Child/StartupHook.cs", "internal static class StartupHook { }", 0)]
    [InlineData("Child/Other.cs", "internal static class Other { }", 1)]
    [InlineData(
        "Pools/CrowdExtensions.cs",
        "namespace EventDrivenActors;\ninternal static class CrowdExtensions { }",
        0
    )]
    public void Misplaced_File_IsFound(string path, string source, int count) =>
        Assert.Equal(count, Misplaced(Example(path, source)).Count());

    [Theory]
    [InlineData("Pending.cs", "public class Pending { }\npublic enum Other { A }", 1)]
    [InlineData("Pending.cs", "public class Waiting { }", 1)]
    [InlineData("Pending.TResult.cs", "public class Pending<TResult> { }", 0)]
    [InlineData("Controller.Waiting.cs", "public sealed partial class Controller\n{\n    public enum Kind { A }\n}", 0)]
    [InlineData("InboundDelegate.cs", "public delegate ValueTask<object?> InboundDelegate(Session session);", 0)]
    [InlineData("Pair.cs", "public readonly record struct Pair(int A);\ninternal class Helper { }", 0)]
    public void Crowded_File_IsFound(string path, string types, int count) =>
        Assert.Equal(count, Crowded(Example(path, "namespace EventDrivenActors;\n" + types)).Count());

    private static IEnumerable<(string Place, string Text)> Lines(
        string pattern,
        Func<IEnumerable<string>, IEnumerable<string>>? filter = null
    ) =>
        new[] { "src", "tests", "samples", "docs" }
            .Where(folder => Directory.Exists(Repository.PathOf(folder)))
            .SelectMany(folder => Repository.Files(folder, pattern))
            .Concat(Directory.GetFiles(Repository.PathOf("."), pattern))
            .SelectMany(path =>
                (filter is null ? File.ReadLines(path) : filter(File.ReadLines(path))).Select(
                    (text, index) => ($"{Repository.Relative(path)}:{index + 1}", text)
                )
            );

    /// <summary>The lines of a document, empty ones in the place of its code.</summary>
    private static IEnumerable<string> WithoutCode(IEnumerable<string> lines)
    {
        bool isCode = false;
        foreach (string line in lines)
        {
            isCode ^= line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            yield return isCode ? "" : line;
        }
    }

    private static string TooLong((string Place, string Text) line) => $"{line.Place} has {line.Text.Length} columns.";

    private static bool IsProse(string line) =>
        line.TrimStart() is not ['|' or '#' or '<' or '`', ..] && line.TrimStart(' ', '-', '*').Contains(' ');

    private static IEnumerable<string> Misplaced(SourceFile file)
    {
        // The vocabulary is one with the front door: both are what users find with one using.
        string[] rooms = file.Folders is ["Abstractions"] ? [] : [.. file.Folders];
        string home = string.Join('.', [file.Package, .. rooms]);
        // The runtime looks for a start-up hook by this name, outside every namespace.
        bool needsNone = file.Declared.All(type => type.Name == "StartupHook");
        if (file.Namespace == home || (file.Namespace.Length == 0 && needsNone))
        {
            yield break;
        }

        bool isForUsers = file.Declared.Any(type =>
            type.IsPublic || type.Name.EndsWith("Extensions", StringComparison.Ordinal)
        );
        if (!isForUsers || (file.Namespace != file.Package && file.Namespace != "EventDrivenActors"))
        {
            yield return $"{file.Path} has the namespace '{file.Namespace}'; its folder asks for '{home}' "
                + "(extension classes and public facades may live in the root namespace).";
        }
    }

    private static IEnumerable<string> Crowded(SourceFile file)
    {
        string[] types = file.Declared.Where(type => type.IsPublic).Select(type => type.Name).ToArray();
        if (types.Length > 1)
        {
            yield return $"{file.Path} holds {types.Length} public types ({string.Join(", ", types)}); give each a "
                + "file.";
        }
        else if (types.Length == 1 && file.Name.Split('.')[0] != types[0])
        {
            yield return $"{file.Path} holds the public type '{types[0]}'; name the file after it.";
        }
    }

    private static SourceFile Example(string path, string source) => new("src/EventDrivenActors/" + path, source);
}
