using AssemblyCensus.Reporting;

namespace EventDrivenActors.Samples.Tests.Census;

public class TextBarChartTests
{
    [Fact]
    public void Lines_NoBars_AreNone() => Assert.Empty(TextBarChart.Lines([]));

    [Fact]
    public void Lines_SeveralBars_AreProportionalToTheLargest() =>
        Assert.Equal(
            [30, 15, 1, 0],
            Lengths(new Bar("a", 100, "100"), new Bar("b", 50, "50"), new Bar("c", 0.01, "0"), new Bar("d", 0, "0"))
        );

    [Fact]
    public void Lines_OnlyZeros_HaveNoBars() =>
        Assert.Equal([0, 0], Lengths(new Bar("a", 0, "0"), new Bar("b", 0, "0")));

    [Fact]
    public void Lines_LabelsAndTextsOfAllLengths_HaveOneWidth()
    {
        string[] lines =
        [
            .. TextBarChart.Lines([
                new Bar("short", 3, "3 B"),
                new Bar(new string('x', 200), 2, "1,000.0 KiB"),
                new Bar(new string('y', 56), 1, ""),
            ]),
        ];

        Assert.Single(lines.Select(line => line.Length).Distinct());
    }

    [Fact]
    public void Lines_LongLabel_KeepsBothEnds()
    {
        string line = Assert.Single(TextBarChart.Lines([new Bar("Begin." + new string('x', 100) + ".End", 1, "1 B")]));

        Assert.StartsWith("Begin.x", line);
        Assert.Contains("x...x", line);
        Assert.Contains("x.End ", line);
    }

    private static IEnumerable<int> Lengths(params Bar[] bars) =>
        TextBarChart.Lines(bars).Select(line => line.Count(character => character == '#'));
}
