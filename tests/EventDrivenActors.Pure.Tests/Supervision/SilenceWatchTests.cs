using EventDrivenActors.Subprocess.Supervision;

namespace EventDrivenActors.Pure.Tests.Supervision;

public sealed class SilenceWatchTests
{
    private readonly SilenceWatch _watch = new(Seconds(1), Seconds(3), Seconds(10), TimeSpan.Zero);

    [Fact]
    public void Silence_IsReportedOnceAndThenAsksForAKillUntilThatIsDone()
    {
        SilenceStep[] steps = [.. Enumerable.Range(1, 11).Select(second => Look(second))];

        Assert.Equal([SilenceStep.None, SilenceStep.None, SilenceStep.Report, .. Enumerable.Repeat(SilenceStep.None, 6), SilenceStep.Kill, SilenceStep.Kill], steps);
        _watch.Killed();
        Assert.Equal(SilenceStep.None, Look(12));
    }

    [Fact]
    public void Sign_EndsTheSilence()
    {
        Assert.Equal(SilenceStep.Report, Look(1, 2, 3));
        Assert.Equal(SilenceStep.None, _watch.Look(Seconds(4), Seconds(4), out TimeSpan silence));
        Assert.Equal(TimeSpan.Zero, silence);
        Assert.Equal([SilenceStep.None, SilenceStep.None, SilenceStep.Report], new[] { 5, 6, 7 }.Select(second => _watch.Look(Seconds(second), Seconds(4), out _)));
    }

    [Fact]
    public void OwnPause_IsNoSilenceOfThePeer()
    {
        Look(1);

        Assert.Equal(SilenceStep.None, Look(21));
        Assert.Equal(SilenceStep.Report, Look(22));
        Assert.Equal(SilenceStep.None, _watch.Look(Seconds(23), Seconds(22.5), out _));
    }

    [Fact]
    public void OwnPause_DelaysTheKillOfAFrozenPeerOnlyByItself()
    {
        Look(1);
        Look(21);

        Assert.Equal(SilenceStep.Kill, Look([.. Enumerable.Range(22, 8)]));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private SilenceStep Look(params int[] seconds) => seconds.Select(second => _watch.Look(Seconds(second), TimeSpan.Zero, out _)).Last();
}
