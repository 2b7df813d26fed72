namespace EventDrivenActors.Simulation.Tests.Running;

public class SameTests
{
    private const int Seeds = 500;

    /// <summary>Within one process.</summary>
    [Fact]
    public async Task Run_EachSeedTwice_GivesTheSameTrace() =>
        Assert.StartsWith($"{Seeds} seeds twice: 0 different", await SameAsync(Seeds), StringComparison.Ordinal);

    /// <summary>In two processes, whose objects have other addresses and hash codes.</summary>
    [Fact]
    public async Task Run_InTwoProcesses_GivesTheSameTraces() =>
        Assert.Equal(await SameAsync(200), await SameAsync(200));

    private static Task<string> SameAsync(int seeds) => SimulatorProcess.RunAsync("same", "--seeds", $"{seeds}");
}
