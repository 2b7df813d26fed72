using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Pure.Tests.Channel;

public sealed class PoolWatchTests
{
    private readonly PoolWatch _watch = new(TimeSpan.FromSeconds(3));

    [Fact]
    public void Pool_IsStuck_WhereWorkWaitsAndNoneWasDone()
    {
        Assert.False(_watch.IsStuck(completed: 0, waiting: 5));
        Assert.True(_watch.IsStuck(completed: 0, waiting: 5));
        Assert.False(_watch.IsStuck(completed: 1, waiting: 500));
        Assert.True(_watch.IsStuck(completed: 1, waiting: 500));
        Assert.False(_watch.IsStuck(completed: 1, waiting: 0));
    }

    [Fact]
    public void StuckPool_IsToldOnce_AndSoIsThatItMovesAgain()
    {
        (int, SilenceSign)[] signs =
        [
            .. Enumerable
                .Range(0, 30)
                .Select(second =>
                    (
                        second,
                        _watch.Look(
                            TimeSpan.FromSeconds(second),
                            stuck: second is (>= 5 and < 7) or (>= 10 and < 20),
                            out _
                        )
                    )
                )
                .Where(one => one.Item2 != SilenceSign.None),
        ];

        Assert.Equal([(13, SilenceSign.Starved), (20, SilenceSign.Moving)], signs);
    }

    [Fact]
    public void Length_IsThatOfTheStandstill()
    {
        _watch.Look(TimeSpan.FromSeconds(1), stuck: true, out _);
        _watch.Look(TimeSpan.FromSeconds(6), stuck: true, out TimeSpan length);
        Assert.Equal(TimeSpan.FromSeconds(5), length);

        _watch.Look(TimeSpan.FromSeconds(7), stuck: false, out length);
        Assert.Equal(TimeSpan.Zero, length);
    }
}
