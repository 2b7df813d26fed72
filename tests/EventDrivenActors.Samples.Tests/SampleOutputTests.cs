namespace EventDrivenActors.Samples.Tests;

public class SampleOutputTests
{
    // A theory without rows is an error in xunit; this row checks the machinery itself.
    private const string SelfCheck = "(self-check)";

    public static TheoryData<string> Samples() => [SelfCheck, .. SampleProgram.Names()];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Sample_Run_PrintsWhatItsReadmeShows(string name)
    {
        if (name == SelfCheck)
        {
            FencedBlock block = Assert.Single(FencedBlock.Read("```text output\npid {pid}\n```"));
            Assert.Null(OutputMatcher.Difference(block.Lines, [$"pid {Environment.ProcessId}"]));
            return;
        }

        SampleProgram sample = new(name);
        string? difference = OutputMatcher.Difference(sample.ExpectedOutput, await sample.RunAsync());

        Assert.True(difference is null, $"The output of samples/{name} is not what its README.md shows. {difference}");
    }
}
