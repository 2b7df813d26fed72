namespace EventDrivenActors.Samples.Tests;

public class OutputMatcherTests
{
    [Theory]
    [InlineData("one|two", "one|two")]
    [InlineData("", "")]
    [InlineData("pid {pid}", "pid 4711")]
    [InlineData("{pid:parent} starts {pid:child}|{pid:child} is back", "12 starts 123|123 is back")]
    [InlineData("took {elapsed}", "took 3.1 s")]
    [InlineData("{name} and {name}", "Ann and Ann")]
    [InlineData("{first} and {second}", "Ann and Ann")]
    [InlineData("Point { X = 1 } (a+b)*", "Point { X = 1 } (a+b)*")]
    public void Difference_OutputAsShown_IsNone(string expected, string actual) =>
        Assert.Null(Compare(expected, actual));

    [Theory]
    [InlineData("one", "two", "Line 1: the lines differ")]
    [InlineData("one|two", "one", "Line 2: the output ends here")]
    [InlineData("one", "one|two", "Line 2: the README ends here")]
    [InlineData("one", "one ", "Line 1: the lines differ")]
    [InlineData("pid {pid}", "pid x", "Line 1: the lines differ")]
    [InlineData("took {elapsed}", "took ", "Line 1: the lines differ")]
    [InlineData("{pid:a}|{pid:b}", "7|7", "Line 2: {pid:b} and {pid:a} are both '7', and must differ")]
    [InlineData("{pid}|{pid:b}", "7|7", "Line 2: {pid:b} and {pid} are both '7', and must differ")]
    [InlineData("{pid:a} {pid:b}", "7 7", "Line 1: {pid:b} and {pid:a} are both '7', and must differ")]
    [InlineData("{pid}|{pid}", "7|8", "Line 2: the lines differ")]
    [InlineData("{name} and {name}", "Ann and Bob", "Line 1: the lines differ")]
    public void Difference_OtherOutput_SaysWhereAndWhy(string expected, string actual, string start) =>
        Assert.StartsWith(start, Compare(expected, actual));

    [Fact]
    public void Difference_OtherOutput_ShowsBothSidesAndWhatPlaceholdersStandFor()
    {
        string[] difference = Compare("hello|from {pid}|left|end", "hello|from 5|right|end")!
            .ReplaceLineEndings("\n")
            .Split('\n');

        Assert.Equal(
            [
                "Line 3: the lines differ.",
                "    hello",
                "    from 5",
                "  - left",
                "  - end",
                "  + right",
                "  + end",
                "(- the README, + the output, ten lines of each)",
                "{pid} is '5'",
                "",
            ],
            difference
        );
    }

    private static string? Compare(string expected, string actual) =>
        OutputMatcher.Difference(expected.Split('|'), actual.Split('|'));
}
