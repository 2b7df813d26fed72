using EventDrivenActors.Timers;

namespace EventDrivenActors.Pure.Tests.Timers;

public sealed class BeatTests
{
    [Theory]
    [InlineData(100, 110)]
    [InlineData(109, 110)]
    [InlineData(110, 120)]
    [InlineData(1_234, 1_240)]
    public void Advance_IsDueOnceBehindNow_InItsOwnRhythm(long now, long due)
    {
        Beat beat = NewBeat(100, 10);

        beat.Advance(Ms(now));

        Assert.Equal(Ms(due), beat.Due);
    }

    [Fact]
    public void Beats_AreOrderedByWhenTheyAreDue_AndAreOneOnlyWithTheSameInterval()
    {
        SortedSet<Beat> beats = [NewBeat(30, 10), NewBeat(20, 15), NewBeat(20, 10), NewBeat(20, 10)];

        Assert.Equal([Ms(20), Ms(20), Ms(30)], beats.Select(beat => beat.Due));
    }

    [Fact]
    public void Remove_AnyOfThem_LeavesTheOthers()
    {
        TickedTimer[] timers = [NewTimer(), NewTimer(), NewTimer(), NewTimer()];
        Beat beat = NewBeat(100, 10);
        Array.ForEach(timers, beat.Add);
        Queue<(TickedTimer, int)> ready = [];

        beat.Remove(timers[1]);
        beat.Remove(timers[3]);
        beat.AddTo(ready);

        Assert.Equal([(timers[0], 0), (timers[2], 0)], ready);
        Assert.Null(timers[1].Beat);
        beat.Remove(timers[2]);
        beat.Remove(timers[0]);
        Assert.True(beat.IsEmpty);
    }

    [Fact]
    public void MoveTo_TakesAllAlong()
    {
        TickedTimer[] timers = [NewTimer(), NewTimer()];
        Beat from = NewBeat(100, 10);
        Beat to = NewBeat(110, 10);
        Array.ForEach(timers, from.Add);

        from.MoveTo(to);
        to.Remove(timers[0]);
        Queue<(TickedTimer, int)> ready = [];
        to.AddTo(ready);

        Assert.Equal([(timers[1], 0)], ready);
    }

    private static TickedTimer NewTimer() => new(_ => { }, _ => { });

    private static TimeSpan Ms(long milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private static Beat NewBeat(long due, long interval) => new(new TickSchedule(Ms(due), Ms(interval)));
}
