using EventDrivenActors.Chaos.Checking;
using EventDrivenActors.Chaos.Runs;

namespace EventDrivenActors.Chaos.Tests.Runs;

public sealed class FloodTests
{
    private const int Mebibyte = 1024 * 1024;

    [Fact]
    public async Task Child_ThatFloodsItsOutput_CostsItsParentNoMemoryAndHoldsUpNothing()
    {
        FloodRun run = new(lines: 16, endless: 100);

        Verdict verdict = await run.RunAsync();

        Assert.Empty(verdict.Reasons);
        // Of an endless line the beginning is kept, and a sign that there was more.
        Assert.Equal(4 * 1024 + 1, run.Longest);
        Assert.Equal((16 * Mebibyte / 128 * 127) + run.Longest, run.Heard);
    }
}
