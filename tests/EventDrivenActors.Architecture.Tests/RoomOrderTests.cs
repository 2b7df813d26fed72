using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Architecture.Tests;

public class RoomOrderTests
{
    private const string Map = """
        ## `EventDrivenActors`
        | Floor | Room | Holds |
        |---|---|---|
        | 0 | (root) | words |
        | 1 | `Mapping` | tables |
        | 1 | `Pipeline` | filters |
        | 6 | `Pools` | pools |
        | 5 | `Pools/Queue` | a pool's queue |

        ## `EventDrivenActors.Subprocess`
        | 4 | `Parent` | the parent's half |
        | 4 | `Child` | the child's half |
        """;

    [Fact]
    public void Source_EveryPackage_NamesOnlyRoomsBelow() =>
        Findings.None(new RoomOrder(RoomMap.Read(), SourceFile.ReadAll()).Violations());

    [Fact]
    public void Map_EveryPackage_HasARoot()
    {
        RoomMap map = RoomMap.Read();
        Findings.None(
            Directory
                .GetDirectories(Repository.PathOf("src"))
                .Select(path => Path.GetFileName(path))
                .Where(package => map.FloorOf(package, "") is null)
                .Select(package => $"src/{package} has no table in src/README.md that begins with a row for (root).")
        );
    }

    [Fact]
    public void Violations_UpwardUsing_NamesFileAndRooms()
    {
        string found = Assert.Single(
            Check(
                (
                    "Mapping/Table.cs",
                    "using EventDrivenActors.Pools;\nnamespace EventDrivenActors.Mapping;\nclass Table { }"
                ),
                ("Pools/Crowd.cs", "namespace EventDrivenActors.Pools;\nclass Crowd { }")
            )
        );

        Assert.Equal(
            "src/EventDrivenActors/Mapping/Table.cs names 'EventDrivenActors.Pools': room Mapping (floor 1) may not "
                + "name room Pools (floor 6).",
            found
        );
    }

    [Fact]
    public void Violations_FacadeInAFeaturesFolder_CountsAsThatRoom()
    {
        string found = Assert.Single(
            Check(
                (
                    "Session.cs",
                    "namespace EventDrivenActors;\npublic class Session\n{\n    private readonly ControllerPool "
                        + "_pool;\n}"
                ),
                ("Pools/ControllerPool.cs", "namespace EventDrivenActors;\npublic class ControllerPool { }")
            )
        );

        Assert.Contains(
            "Session.cs names 'ControllerPool': the root (floor 0) may not name room Pools (floor 6)",
            found
        );
    }

    [Theory]
    [InlineData("void M() => Use(new Pools.Crowd());")]
    [InlineData("EventDrivenActors.Pools.Crowd? _crowd;")]
    public void Violations_QualifiedName_IsSeen(string member) =>
        Assert.NotEmpty(
            Check(
                ("Mapping/Table.cs", $"namespace EventDrivenActors.Mapping;\nclass Table\n{{\n    {member}\n}}"),
                ("Pools/Crowd.cs", "namespace EventDrivenActors.Pools;\nclass Crowd { }")
            )
        );

    [Theory]
    [InlineData("IPool Crowd { get; }")]
    [InlineData("int? Crowd => null;")]
    [InlineData("List<int> Crowd { get; } = [];\n    int M() => Crowd.Count;")]
    [InlineData("object M() => other.Crowd;")]
    [InlineData("object M() => new Other { Crowd = 1 };")]
    [InlineData("bool M() => x is { Crowd: 1 };")]
    [InlineData("void M() => Crowd(1);")]
    [InlineData("string M() => \"Crowd\"; // Crowd")]
    public void Violations_NameThatIsNoType_IsNone(string member) =>
        Assert.Empty(
            Check(
                ("Table.cs", $"namespace EventDrivenActors;\nclass Table\n{{\n    {member}\n}}"),
                ("Pools/Crowd.cs", "namespace EventDrivenActors;\npublic class Crowd { }")
            )
        );

    [Theory]
    [InlineData("Crowd M() => null;")]
    [InlineData("object M() => new Crowd();")]
    [InlineData("object M() => (Crowd)other;")]
    [InlineData("void M(Crowd crowd) { }")]
    [InlineData("List<Crowd> M() => null;")]
    [InlineData("Type M() => typeof(Crowd);")]
    [InlineData("bool M(object x) => x is Crowd { Count: 1 };")]
    [InlineData("int M() => Crowd.Count();")]
    public void Violations_NameOfAType_IsSeen(string member) =>
        Assert.NotEmpty(
            Check(
                ("Table.cs", $"namespace EventDrivenActors;\nclass Table\n{{\n    {member}\n}}"),
                ("Pools/Crowd.cs", "namespace EventDrivenActors;\npublic class Crowd { }")
            )
        );

    [Fact]
    public void Violations_RoomInsideOfARoom_StandsOnItsOwnFloor()
    {
        (string, string) outer = (
            "Pools/Crowd.cs",
            "using EventDrivenActors.Pools.Queue;\nnamespace EventDrivenActors.Pools;\nclass Crowd { }"
        );
        const string inner = "namespace EventDrivenActors.Pools.Queue;\nclass Line { ";

        Assert.Empty(Check(outer, ("Pools/Queue/Line.cs", inner + "}")));
        Assert.Equal(
            "src/EventDrivenActors/Pools/Queue/Line.cs names 'Crowd': room Pools/Queue (floor 5) may not name room "
                + "Pools (floor 6).",
            Check(outer, ("Pools/Queue/Line.cs", inner + "Crowd? _crowd; }"))[0]
        );
    }

    [Fact]
    public void Violations_CircleOnOneFloor_IsToldOnce()
    {
        string found = Assert.Single(
            Check(
                (
                    "Mapping/Table.cs",
                    "using EventDrivenActors.Pipeline;\nnamespace EventDrivenActors.Mapping;\nclass Table { }"
                ),
                (
                    "Pipeline/Filter.cs",
                    "using EventDrivenActors.Mapping;\nnamespace EventDrivenActors.Pipeline;\nclass Filter { }"
                )
            )
        );

        Assert.Contains("circle of rooms", found);
        Assert.Contains("room Mapping -> room Pipeline (Table.cs names 'EventDrivenActors.Pipeline')", found);
    }

    [Fact]
    public void Violations_TheTwoHalvesOfTheLink_NeverNameEachOther()
    {
        SourceFile parent = new(
            "src/EventDrivenActors.Subprocess/Parent/Half.cs",
            "using EventDrivenActors.Subprocess.Child;\nnamespace EventDrivenActors.Subprocess.Parent;\nclass "
                + "Half { }"
        );
        SourceFile child = new(
            "src/EventDrivenActors.Subprocess/Child/Other.cs",
            "namespace EventDrivenActors.Subprocess.Child;\nclass Other { }"
        );

        Assert.Contains(
            "never name each other",
            Assert.Single(new RoomOrder(new RoomMap(Map), [parent, child]).Violations())
        );
    }

    [Fact]
    public void Violations_FolderThatIsNotOnTheMap_AsksForAFloor() =>
        Assert.Equal(
            "src/EventDrivenActors: room Attic is not on the map in src/README.md; give it a floor there.",
            Assert.Single(Check(("Attic/Box.cs", "namespace EventDrivenActors.Attic;\nclass Box { }")))
        );

    private static List<string> Check(params (string Path, string Source)[] files) =>
        new RoomOrder(
            new RoomMap(Map),
            files.Select(file => new SourceFile("src/EventDrivenActors/" + file.Path, file.Source)).ToList()
        )
            .Violations()
            .ToList();
}
