using EventDrivenActors.Subprocess.Link;

namespace EventDrivenActors.Pure.Tests.Link;

public sealed class SilenceMeterTests
{
    private readonly SilenceMeter _meter = new(Seconds(3));

    [Fact]
    public void Silence_IsCountedFromTheLastSign()
    {
        Assert.Equal(Seconds(0), _meter.Look(Seconds(10), heard: Seconds(10)));
        Assert.Equal(Seconds(1), _meter.Look(Seconds(11), heard: Seconds(10)));
        Assert.Equal(Seconds(3), _meter.Look(Seconds(13), heard: Seconds(10)));
        Assert.Equal(Seconds(1), _meter.Look(Seconds(14), heard: Seconds(13)));
    }

    [Fact]
    public void Silence_WhileThisEndStoodStill_CountsForNothing()
    {
        _meter.Look(Seconds(10), heard: Seconds(10));

        Assert.Equal(Seconds(0), _meter.Look(Seconds(30), heard: Seconds(10)));
        Assert.Equal(Seconds(1), _meter.Look(Seconds(31), heard: Seconds(10)));
        Assert.Equal(Seconds(0), _meter.Look(Seconds(32), heard: Seconds(32)));
    }

    [Fact]
    public void Silence_OfAFrozenPeer_GrowsAfterTheStandstillToo()
    {
        _meter.Look(Seconds(10), heard: Seconds(10));
        for (int second = 30; second < 40; second++)
        {
            Assert.Equal(Seconds(second - 30), _meter.Look(Seconds(second), heard: Seconds(10)));
        }
    }

    private static TimeSpan Seconds(int count) => TimeSpan.FromSeconds(count);
}
