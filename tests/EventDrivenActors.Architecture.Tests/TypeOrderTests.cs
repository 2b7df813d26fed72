namespace EventDrivenActors.Architecture.Tests;

public class TypeOrderTests
{
    private const int MostLines = 500;
    private const int MostTypes = 3;

    [Fact]
    public void Class_OfAPackage_HasAtMost500LinesInAll() =>
        Findings.None(
            from room in Rooms()
            from size in new TypeOrder([.. room]).Sizes()
            where size.Lines > MostLines
            select $"{room.Key}: {size.Type} has {size.Lines} lines in all its files; give a part of it an owner with "
                + "fields of its own."
        );

    [Fact]
    public void Cycle_OfTypesInARoom_HasAtMostThree() =>
        Findings.None(
            from room in Rooms()
            from cycle in new TypeOrder([.. room]).Cycles()
            where cycle.Count > MostTypes
            select $"{room.Key}: {string.Join(", ", cycle)} need each other."
        );

    [Fact]
    public void Partial_OfAClass_StaysInItsRoom() => Findings.None(Torn(SourceFile.ReadAll()));

    [Fact]
    public void Sizes_OfPartials_AreSummed() =>
        Assert.Equal(
            [("Crowd", 5)],
            new TypeOrder([
                Example("Crowd.cs", "namespace N;\npartial class Crowd { }\n"),
                Example("Crowd.More.cs", "namespace N;\n\npartial class Crowd { }\n"),
            ]).Sizes()
        );

    [Theory]
    [InlineData("class A\n{\n    B _b;\n}", "class B\n{\n    A M() => null;\n}", 1)]
    [InlineData("class A\n{\n    B B { get; }\n}", "class B\n{\n    A A { get; }\n}", 1)]
    [InlineData("class A\n{\n    B<int> _b;\n}", "class B<T>\n{\n    A[] _all;\n}", 1)]
    [InlineData("class A\n{\n    B _b;\n}", "class B\n{\n    string M() => \"A\"; // A\n}", 0)]
    [InlineData("class A\n{\n    B _b;\n}", "class B\n{\n    int M() => other.A;\n}", 0)]
    public void Cycles_OfTwoTypes_AreFound(string a, string b, int count) =>
        Assert.Equal(
            count,
            new TypeOrder([Example("A.cs", "namespace N;\n" + a), Example("B.cs", "namespace N;\n" + b)])
                .Cycles()
                .Count()
        );

    [Fact]
    public void Cycles_ThroughOthers_AreOne()
    {
        IReadOnlyList<string> cycle = Assert.Single(
            new TypeOrder([
                Example("A.cs", "namespace N;\nclass A\n{\n    B _b;\n}"),
                Example("B.cs", "namespace N;\nclass B\n{\n    C _c;\n}"),
                Example("C.cs", "namespace N;\nclass C\n{\n    A _a;\n    D _d;\n}"),
                Example("D.cs", "namespace N;\nclass D { }"),
            ]).Cycles()
        );

        Assert.Equal(["A", "B", "C"], cycle);
    }

    [Fact]
    public void Torn_ClassInTwoRooms_IsFound() =>
        Assert.Equal(
            "src/EventDrivenActors: 'Crowd' is in Mapping and Pools; a partial class stays in one room.",
            Assert.Single(
                Torn([
                    Example("Mapping/Crowd.cs", "namespace N;\npublic partial class Crowd { }"),
                    Example("Pools/Crowd.More.cs", "namespace N;\npublic partial class Crowd { }"),
                ])
            )
        );

    private static IEnumerable<IGrouping<string, SourceFile>> Rooms() =>
        SourceFile.ReadAll().GroupBy(file => string.Join('/', ["src", file.Package, .. file.Folders]));

    private static IEnumerable<string> Torn(IReadOnlyList<SourceFile> files) =>
        from file in files
        from type in file.Declared
        group string.Join('/', file.Folders) by (file.Package, file.Namespace, type.Name) into homes
        where homes.Distinct().Count() > 1
        select $"src/{homes.Key.Package}: '{homes.Key.Name}' is in "
            + $"{string.Join(" and ", homes.Distinct())}; a partial class stays in one room.";

    private static SourceFile Example(string path, string source) => new("src/EventDrivenActors/" + path, source);
}
