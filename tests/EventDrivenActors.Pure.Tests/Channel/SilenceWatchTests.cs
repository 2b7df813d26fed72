using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Pure.Tests.Channel;

public sealed class SilenceWatchTests
{
    private readonly SilenceWatch _watch = new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(10));

    [Fact]
    public void Silence_IsReportedOnce_ThenTakenForFrozenOnce()
    {
        Assert.Equal(
            [(3, SilenceSign.Unresponsive), (10, SilenceSign.Frozen)],
            Enumerable
                .Range(0, 15)
                .Select(second => (second, Look(second, heard: 0)))
                .Where(one => one.Item2 != SilenceSign.None)
        );
    }

    [Fact]
    public void OtherEnd_ThatSpeaksAgain_IsBack_AndMayFallSilentAgain()
    {
        Look(0, 0);
        Look(2, 0);
        Assert.Equal(SilenceSign.Unresponsive, Look(4, 0));
        Assert.Equal(SilenceSign.Back, Look(5, 4.5));
        Assert.Equal(SilenceSign.None, Look(7, 4.5));
        Assert.Equal(SilenceSign.Unresponsive, Look(8, 4.5));
    }

    [Fact]
    public void Watcher_ThatWasStoppedItself_BlamesNobody()
    {
        Look(0, 0);
        Assert.Equal(SilenceSign.None, Look(20, 0));
        Assert.Equal(SilenceSign.None, Look(21, 20.5));
        Look(22, 20.5);
        Assert.Equal(SilenceSign.Unresponsive, Look(24, 20.5));
    }

    [Fact]
    public void Silence_IsCountedFromTheLastSign_ButNotWhileThisEndStoodStill()
    {
        Assert.Equal([0, 1, 2, 0, 1, 2], new double[] { 10, 11, 12, 30, 31, 32 }.Select(now => Length(now, heard: 10)));
        Assert.Equal(0.5, Length(33, heard: 32.5));
    }

    [Fact]
    public void FrozenEnd_IsSeen_AfterThisEndStoodStillToo()
    {
        Look(10, 10);
        Assert.Equal(
            [(33, SilenceSign.Unresponsive), (40, SilenceSign.Frozen)],
            Enumerable
                .Range(30, 15)
                .Select(second => (second, Look(second, heard: 10)))
                .Where(one => one.Item2 != SilenceSign.None)
        );
    }

    [Fact]
    public void DebuggedEnd_IsNeverTakenForFrozen() =>
        Assert.DoesNotContain(
            SilenceSign.Frozen,
            Enumerable.Range(0, 30).Select(second => Look(second, 0, debugged: true))
        );

    private double Length(double now, double heard)
    {
        _watch.Look(TimeSpan.FromSeconds(now), TimeSpan.FromSeconds(heard), debugged: false, out TimeSpan silence);
        return silence.TotalSeconds;
    }

    private SilenceSign Look(double now, double heard, bool debugged = false) =>
        _watch.Look(TimeSpan.FromSeconds(now), TimeSpan.FromSeconds(heard), debugged, out _);
}
