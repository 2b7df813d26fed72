using System.Reflection;
using System.Text.RegularExpressions;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Architecture.Tests;

public partial class PackageTests
{
    private const string Core = "EventDrivenActors";

    /// <summary>What packages share that send calls across a process line; all may name it.</summary>
    private const string Wire = Core + ".Wire";

    /// <summary>The one pair of siblings that meet: the child in tests is the child process's own worker.</summary>
    private static readonly (string Package, string Sibling)[] Allowed = [(Core + ".TestKit", Core + ".Subprocess")];

    [Fact]
    public void Package_ItsSources_NameNoSibling() =>
        Findings.None(SourceFile.ReadAll().SelectMany(file => SiblingsNamed(file, Packages())));

    [Fact]
    public void Package_ItsProject_ReferencesAtMostTheCoreAndTheWire() =>
        Findings.None(
            from project in Repository.Files("src", "*.csproj")
            from Match reference in ProjectReference().Matches(File.ReadAllText(project))
            let target = Path.GetFileNameWithoutExtension(reference.Groups[1].Value.Replace('\\', '/'))
            where target is not (Core or Wire) && !Allowed.Contains((Path.GetFileNameWithoutExtension(project), target))
            select $"{Repository.Relative(project)} references '{target}'; packages meet in the core's options and "
                + "seams."
        );

    /// <summary>What is only pinned for all projects does not reach who references one of ours.</summary>
    [Fact]
    public void Package_WhatItsCodeNames_IsReferencedByItsProject()
    {
        string[] pinned =
        [
            .. PackageVersion()
                .Matches(File.ReadAllText(Repository.PathOf("Directory.Packages.props")))
                .Select(match => match.Groups[1].Value),
        ];
        Findings.None(
            from assembly in new[]
            {
                typeof(Controller).Assembly,
                Assembly.Load(Wire),
                typeof(SubprocessOptions).Assembly,
                typeof(TestKit.ControllerTestKit).Assembly,
            }
            let referenced = Referenced(assembly.GetName().Name!)
            from named in assembly.GetReferencedAssemblies()
            where pinned.Contains(named.Name) && !referenced.Contains(named.Name)
            select $"{assembly.GetName().Name} names '{named.Name}', which only Directory.Packages.props knows; add a "
                + "PackageReference to its project."
        );
    }

    [Fact]
    public void Package_EachOne_RecordsItsPublicApi() =>
        Findings.None(
            from project in Repository.Files("src", "*.csproj")
            from name in new[] { "PublicAPI.Shipped.txt", "PublicAPI.Unshipped.txt" }
            where !File.Exists(Path.Combine(Path.GetDirectoryName(project)!, name))
            select $"{Repository.Relative(project)} has no {name} beside it."
        );

    [Fact]
    public void Project_EachOne_IsInTheSolution()
    {
        string solution = File.ReadAllText(Repository.PathOf("EventDrivenActors.sln")).Replace('\\', '/');
        Findings.None(
            new[] { "src", "tests", "samples" }
                .SelectMany(folder => Repository.Files(folder, "*.csproj"))
                .Select(Repository.Relative)
                .Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal))
                .Select(project =>
                    $"{project} is not in EventDrivenActors.sln, so that `dotnet test` passes it by; add it with "
                    + "`dotnet sln add`."
                )
        );
    }

    [Theory]
    [InlineData("EventDrivenActors", "using EventDrivenActors.Subprocess.Parent;", 1)]
    [InlineData("EventDrivenActors.Hosting", "using EventDrivenActors.Subprocess;", 1)]
    [InlineData("EventDrivenActors.Subprocess", "using EventDrivenActors; using EventDrivenActors.Subprocess;", 0)]
    [InlineData("EventDrivenActors", "using EventDrivenActors.Subprocesses;", 0)]
    [InlineData("EventDrivenActors.TestKit", "using EventDrivenActors.Subprocess.Parent;", 0)]
    [InlineData("EventDrivenActors.Subprocess", "using EventDrivenActors.TestKit;", 1)]
    [InlineData("EventDrivenActors.Subprocess", "using EventDrivenActors.Wire.Channel;", 0)]
    [InlineData("EventDrivenActors.Wire", "using EventDrivenActors.Subprocess.Parent;", 1)]
    public void SiblingsNamed_Source_AreFound(string package, string source, int count) =>
        Assert.Equal(
            count,
            SiblingsNamed(
                    new SourceFile($"src/{package}/A.cs", source),
                    [Core, Wire, Core + ".Hosting", Core + ".Subprocess", Core + ".TestKit"]
                )
                .Count()
        );

    private static IEnumerable<string> Referenced(string package)
    {
        string project = File.ReadAllText(Repository.PathOf(Path.Combine("src", package, package + ".csproj")));
        return PackageReference()
            .Matches(project)
            .Select(match => match.Groups[1].Value)
            .Concat(
                ProjectReference()
                    .Matches(project)
                    .SelectMany(match =>
                        Referenced(Path.GetFileNameWithoutExtension(match.Groups[1].Value.Replace('\\', '/')))
                    )
            );
    }

    private static string[] Packages() =>
        Directory.GetDirectories(Repository.PathOf("src")).Select(path => Path.GetFileName(path)).ToArray();

    private static IEnumerable<string> SiblingsNamed(SourceFile file, IEnumerable<string> packages) =>
        packages
            .Where(package =>
                package is not (Core or Wire)
                && package != file.Package
                && !Allowed.Contains((file.Package, package))
                && Regex.IsMatch(file.Code, $@"(?<![\w.]){Regex.Escape(package)}(?!\w)")
            )
            .Select(package =>
                $"{file.Path} names the package '{package}'; {file.Package} may name the core and the wire only."
            );

    [GeneratedRegex("<PackageVersion\\s+Include=\"([^\"]+)\"")]
    private static partial Regex PackageVersion();

    [GeneratedRegex("<PackageReference\\s+Include=\"([^\"]+)\"")]
    private static partial Regex PackageReference();

    [GeneratedRegex("<ProjectReference\\s+Include=\"([^\"]+)\"")]
    private static partial Regex ProjectReference();
}
