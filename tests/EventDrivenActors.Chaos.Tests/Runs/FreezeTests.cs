using EventDrivenActors.Chaos.Checking;
using EventDrivenActors.Chaos.Runs;

namespace EventDrivenActors.Chaos.Tests.Runs;

public sealed class FreezeTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Child_ThatIsStopped_GoesOnOrIsReplaced(bool wake)
    {
        Verdict verdict = await FrozenRun.RunAsync(wake);

        Assert.Empty(verdict.Reasons);
    }
}
