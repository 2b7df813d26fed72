using CsCheck;
using EventDrivenActors.Timers;

namespace EventDrivenActors.Pure.Tests.Timers;

public sealed class TickScheduleTests
{
    /// <summary>
    /// Looked at after pauses of any length, a timer has had each of its ticks once: ticked, or skipped and counted.
    /// </summary>
    [Fact]
    public void Schedule_LookedAtAfterAnyPauses_CountsEachTickOnce() =>
        Gen.Select(
                Gen.OneOf(Gen.Const(1L), Gen.Long[1, 50], Gen.Long[1, 10_000_000_000]),
                Gen.Long[0, 50_000_000_000].Array[1, 30]
            )
            .Sample(
                (interval, pauses) =>
                {
                    TimeSpan now = TimeSpan.Zero;
                    TickSchedule schedule = new(TimeSpan.FromTicks(interval), TimeSpan.FromTicks(interval));
                    long counted = 0;
                    foreach (long pause in pauses)
                    {
                        now += TimeSpan.FromTicks(pause);
                        if (schedule.Due <= now)
                        {
                            schedule = schedule.After(now, out long skipped);
                            counted += 1 + skipped;
                        }

                        Assert.Equal(now.Ticks / interval, counted);
                        Assert.True(schedule.Due > now);
                        Assert.True(schedule.Due - now <= schedule.Interval);
                    }
                }
            );

    [Fact]
    public void Schedule_OfTenYears_IsDueTenYearsLater()
    {
        TickSchedule schedule = new TickSchedule(TimeOption.Longest, TimeOption.Longest).After(
            TimeOption.Longest,
            out long skipped
        );

        Assert.Equal((TimeOption.Longest * 2, 0), (schedule.Due, skipped));
    }
}
