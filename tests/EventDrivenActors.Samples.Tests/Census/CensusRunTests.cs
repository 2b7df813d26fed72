using System.Text.Json;

namespace EventDrivenActors.Samples.Tests.Census;

public class CensusRunTests
{
    [Fact]
    public async Task Census_TwoChildrenAndSabotage_HasTheTotalsOfAPlainLoop()
    {
        using JsonDocument plain = await RunAsync("--in-process");
        using JsonDocument pool = await RunAsync("--children", "2", "--sabotage");

        JsonElement totals = pool.RootElement.GetProperty("totals");
        Assert.True(totals.GetProperty("assemblies").GetInt32() > 0);
        Assert.Equal(plain.RootElement.GetProperty("totals").GetRawText(), totals.GetRawText());
        Assert.Equal(
            ["throws handler-failed", "exits child-exited", "overflows child-crashed", "never-returns timed-out"],
            pool.RootElement.GetProperty("sabotage")
                .EnumerateArray()
                .Select(one => $"{one.GetProperty("sabotage")} {one.GetProperty("ended")}")
        );
        Assert.Equal(2, pool.RootElement.GetProperty("children").GetArrayLength());
    }

    private static async Task<JsonDocument> RunAsync(params string[] arguments)
    {
        string report = Path.Combine(Path.GetTempPath(), $"census-{Guid.NewGuid():N}.json");
        try
        {
            await new SampleProgram("AssemblyCensus").RunAsync([
                "--path",
                AppContext.BaseDirectory,
                "--json",
                report,
                .. arguments,
            ]);
            return JsonDocument.Parse(await File.ReadAllTextAsync(report));
        }
        finally
        {
            File.Delete(report);
        }
    }
}
