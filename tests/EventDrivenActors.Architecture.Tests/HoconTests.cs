using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Architecture.Tests;

public class HoconTests
{
    private const string Example = """
        event-driven-actors {
          queue { capacity = 100 }
          drain-budget = 256
          link-system { akka { loglevel = ERROR } }
        }
        akka.remote.enabled-transports = ["ours"]
        """;

    [Fact]
    public void Key_InAnyFile_IsRead() => Findings.None(Files().SelectMany(file => file.Keys.Unread(file.Sources)));

    [Fact]
    public void Key_ThatIsRead_IsInTheFile() =>
        Findings.None(Files().SelectMany(file => file.Keys.Missing(file.Sources)));

    [Fact]
    public void File_EachOne_IsEmbeddedInOneProject() =>
        Findings.None(
            from path in Repository.Files("hocon", "*.conf")
            let owners = Owners(path).ToArray()
            where owners.Length != 1
            select $"{Repository.Relative(path)} is embedded by {owners.Length} projects "
                + $"({string.Join(", ", owners)}); one reads it."
        );

    [Fact]
    public void Leaves_OfAFile_AreThoseUnderOurRoot() =>
        Assert.Equal(
            [
                "event-driven-actors.drain-budget",
                "event-driven-actors.link-system",
                "event-driven-actors.queue.capacity",
            ],
            new HoconKeys("x.conf", Example).Leaves.Order()
        );

    [Fact]
    public void Unread_KeyThatNobodyReads_IsNamed() =>
        Assert.Equal(
            "x.conf has the key 'event-driven-actors.drain-budget', which no settings class of its package reads.",
            Assert.Single(
                new HoconKeys("x.conf", Example).Unread([
                    "c.GetConfig(\"event-driven-actors\").GetInt(\"queue.capacity\"); c.GetConfig(\"link-system\")",
                ])
            )
        );

    [Fact]
    public void Missing_KeyThatIsNotThere_IsNamed() =>
        Assert.Equal(
            "A settings class reads 'queue.limit', which is not in x.conf.",
            Assert.Single(
                new HoconKeys("x.conf", Example).Missing([
                    "c.GetConfig(\"event-driven-actors.queue\"); c.GetInt(\"queue.limit\"); c.GetInt(\"capacity\"); "
                        + "Throw(\"A whole sentence.\");",
                ])
            )
        );

    private static IEnumerable<(HoconKeys Keys, IReadOnlyCollection<string> Sources)> Files() =>
        from path in Repository.Files("hocon", "*.conf")
        from owner in Owners(path)
        select (
            new HoconKeys(Repository.Relative(path), File.ReadAllText(path)),
            (IReadOnlyCollection<string>)SettingsOf(owner).Select(File.ReadAllText).ToList()
        );

    /// <summary>The settings classes of a package, and those of a link where the package has links.</summary>
    private static IEnumerable<string> SettingsOf(string project)
    {
        string folder = Repository.Relative(Path.GetDirectoryName(project)!);
        IEnumerable<string> own = Repository.Files(folder + "/Configuration", "*.cs");
        return File.ReadAllText(project).Contains("EventDrivenActors.Wire.csproj", StringComparison.Ordinal)
            ? own.Concat(Repository.Files("src/EventDrivenActors.Wire/Channel", "*Settings.cs"))
            : own;
    }

    private static IEnumerable<string> Owners(string path) =>
        new[] { "src", "tests" }
            .SelectMany(folder => Repository.Files(folder, "*.csproj"))
            .Where(project =>
                File.ReadAllText(project)
                    .Replace('\\', '/')
                    .Contains("hocon/" + Path.GetFileName(path) + "\"", StringComparison.Ordinal)
            );
}
