using System.CommandLine;
using AssemblyCensus.Options;

namespace EventDrivenActors.Samples.Tests.Census;

public class CensusCommandTests
{
    private static readonly CensusCommand Command = new(_ => Task.FromResult(0));

    [Theory]
    [InlineData("--children 0", "--children is '0'; give a whole number from 1 to 64.")]
    [InlineData("--children many", "--children is 'many'; give a whole number from 1 to 64.")]
    [InlineData("--workers 65", "--workers is '65'; give a whole number from 1 to 64.")]
    [InlineData("--workers 1.5", "--workers is '1.5'; give a whole number from 1 to 64.")]
    [InlineData("--limit 0", "--limit is '0'; give a whole number, 1 or more.")]
    [InlineData("--limit 99999999999", "--limit is '99999999999'; give a whole number, 1 or more.")]
    [InlineData("--deadline 3601", "--deadline is '3601'; give a whole number from 1 to 3600.")]
    [InlineData(
        "--path /no-such-folder",
        "The folder '/no-such-folder' does not exist; name an existing one with --path."
    )]
    [InlineData(
        "--sabotage --in-process",
        "--sabotage needs child processes, because in this process it would end the census itself; leave out "
            + "--in-process."
    )]
    public void Parse_WrongValue_IsOneSentence(string line, string sentence) =>
        Assert.Equal([sentence], Command.Parse(line).Errors.Select(error => error.Message));

    [Fact]
    public void Parse_JsonInAFolderThatIsNot_IsRefusedWithItsName()
    {
        string message = Assert.Single(Parse("--json", "/no-such-folder/report.json").Errors).Message;

        Assert.StartsWith("The file '/no-such-folder/report.json' cannot be written (", message);
        Assert.EndsWith("); name another with --json.", message);
    }

    [Fact]
    public void Parse_JsonThatCanBeWritten_LeavesNoFile()
    {
        string file = Path.Combine(AppContext.BaseDirectory, $"{nameof(Parse_JsonThatCanBeWritten_LeavesNoFile)}.json");

        Assert.Empty(Parse("--json", file).Errors);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void Read_OnlyAPath_HasTheDefaults() =>
        Assert.Equal(new CensusOptions { Path = Path.GetFullPath(AppContext.BaseDirectory) }, Command.Read(Parse()));

    [Fact]
    public void Read_EveryOption_IsTaken()
    {
        CensusOptions options = Command.Read(
            Parse(
                "--children",
                "3",
                "--workers",
                "4",
                "--spare",
                "--limit",
                "5",
                "--sabotage",
                "--deadline",
                "6",
                "--verbose"
            )
        );

        Assert.Equal(
            new CensusOptions
            {
                Path = Path.GetFullPath(AppContext.BaseDirectory),
                Children = 3,
                Workers = 4,
                Spare = true,
                Limit = 5,
                Sabotage = true,
                Deadline = TimeSpan.FromSeconds(6),
                Verbose = true,
            },
            options
        );
    }

    private static ParseResult Parse(params string[] more) =>
        Command.Parse(["--path", AppContext.BaseDirectory, .. more]);
}
