namespace EventDrivenActors.Simulation.Tests.Running;

public class SuiteTests
{
    /// <summary>
    /// 2,000 fixed seeds and 500 fresh ones; the first of these is in the text, and a failure names its own.
    /// </summary>
    [Fact]
    public async Task Suite_FixedAndFreshSeeds_NoneIsBroken() =>
        Assert.EndsWith(
            "2500 programs: 0 broken\n",
            await SimulatorProcess.RunAsync("suite", "--jobs", "2"),
            StringComparison.Ordinal
        );
}
