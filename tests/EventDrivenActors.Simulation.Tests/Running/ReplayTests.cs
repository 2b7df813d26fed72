using EventDrivenActors.Simulation.Running;

namespace EventDrivenActors.Simulation.Tests.Running;

public class ReplayTests
{
    /// <summary>As a shrunk program is replayed.</summary>
    [Fact]
    public async Task Replay_FileOfAProgram_RunsIt()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, ProgramFile.Text(Samples.Small));

            string said = await SimulatorProcess.RunAsync("replay", file);

            Assert.Contains(
                "Settled n0 k0#2/2 (3) Faulted InvalidOperationException: #2 throws.",
                said,
                StringComparison.Ordinal
            );
            Assert.EndsWith("1 program: 0 broken\n", said, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Explore_TwoJobs_ShareTheSeeds() =>
        Assert.EndsWith(
            "\n40 programs: 0 broken\n",
            await SimulatorProcess.RunAsync("explore", "--from", "1", "--programs", "40", "--jobs", "2"),
            StringComparison.Ordinal
        );
}
