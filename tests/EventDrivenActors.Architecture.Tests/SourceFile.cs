using System.Text.RegularExpressions;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Architecture.Tests;

/// <summary>One C# file of a package.</summary>
internal sealed partial class SourceFile
{
    /// <param name="path">Relative to the repository, such as <c>src/Package/Room/File.cs</c>.</param>
    /// <param name="source">The text of the file.</param>
    public SourceFile(string path, string source)
    {
        string[] parts = path.Split('/');
        Path = path;
        Package = parts[1];
        Folders = parts[2..^1];
        Source = source;
        Code = CSharpText.Strip(source);
        Namespace = NamespaceLine().Match(Code).Groups[1].Value;
        Usings = UsingLine().Matches(Code).Select(match => match.Groups[1].Value).ToHashSet();
        Declared = CSharpText.Declarations(Code);
    }

    public string Path { get; }

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public string Package { get; }

    public IReadOnlyList<string> Folders { get; }

    /// <summary>The folder below the package, such as <c>EventLoop/Mailbox</c>; empty for the root.</summary>
    public string Room => string.Join('/', Folders);

    public string Source { get; }

    public string Code { get; }

    public string Namespace { get; }

    public IReadOnlySet<string> Usings { get; }

    public IReadOnlyList<(string Name, bool IsPublic)> Declared { get; }

    /// <summary>Every C# file below <c>src</c>.</summary>
    public static IReadOnlyList<SourceFile> ReadAll() =>
        Repository
            .Files("src", "*.cs")
            .Select(path => new SourceFile(Repository.Relative(path), File.ReadAllText(path)))
            .ToList();

    /// <summary>Whether types of a namespace are in sight here without a qualifier.</summary>
    public bool Sees(string other) =>
        Usings.Contains(other) || Namespace == other || Namespace.StartsWith(other + ".", StringComparison.Ordinal);

    [GeneratedRegex(@"^\s*namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^\s*(?:global\s+)?using\s+(?:static\s+)?(?:\w+\s*=\s*)?([\w.]+)[^;(]*;", RegexOptions.Multiline)]
    private static partial Regex UsingLine();
}
