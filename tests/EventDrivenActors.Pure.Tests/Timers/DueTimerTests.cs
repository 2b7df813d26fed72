using CsCheck;
using EventDrivenActors.Pure.Tests.EventLoop;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Pure.Tests.Timers;

public sealed class DueTimerTests
{
    private readonly ManualTime _time = new();
    private int _calls;

    [Theory]
    [InlineData(1)]
    [InlineData(5_000)]
    [InlineData(90 * TimeSpan.TicksPerDay)]
    [InlineData(3653 * TimeSpan.TicksPerDay)]
    public void Timer_SetToAnyTime_CallsOnceThen(long ticks)
    {
        using DueTimer timer = new(_time, () => _calls++);
        timer.Set(TimeSpan.FromTicks(ticks));

        _time.Advance(TimeSpan.FromTicks(ticks - 1));
        Assert.Equal(0, _calls);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(1, _calls);
        _time.Advance(TimeOption.Longest);
        Assert.Equal(1, _calls);
    }

    [Fact]
    public void Timer_SetAnew_ForgetsTheTimeItHad()
    {
        using DueTimer timer = new(_time, () => _calls++);
        timer.Set(TimeSpan.FromSeconds(1));
        timer.Set(TimeSpan.FromDays(100));
        _time.Advance(TimeSpan.FromDays(99));
        timer.Set(Timeout.InfiniteTimeSpan);
        _time.Advance(TimeSpan.FromDays(99));
        Assert.Equal(0, _calls);

        timer.Set(TimeSpan.FromSeconds(-1));
        _time.Advance(TimeSpan.Zero);
        Assert.Equal(1, _calls);
    }

    /// <summary>Clocks that count whole milliseconds call too early.</summary>
    [Fact]
    public void Timer_OfAClockThatCallsEarly_WaitsForTheRest()
    {
        using DueTimer timer = new(_time, () => _calls++);
        timer.Set(TimeSpan.FromSeconds(1));

        _time.Callbacks[0]();
        Assert.Equal(0, _calls);
        _time.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Equal(1, _calls);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(90 * TimeSpan.TicksPerDay)]
    [InlineData(3653 * TimeSpan.TicksPerDay)]
    public async Task Delay_OfAnyTime_EndsThen(long ticks)
    {
        Task delay = DueTimer.DelayAsync(TimeSpan.FromTicks(ticks), _time);
        Task endless = DueTimer.DelayAsync(Timeout.InfiniteTimeSpan, _time);

        _time.Advance(TimeSpan.FromTicks(ticks - 1));
        Assert.False(delay.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));
        await delay.Guarded();

        Assert.False(endless.IsCompleted);
    }

    [Fact]
    public void Later_IsNeverBefore_AndNeverOverflows() =>
        Gen.Select(
                Gen.OneOf(Gen.Const(1_000L), Gen.Const(10_000_000L), Gen.Const(1_000_000_000L), Gen.Const(3_579_545L)),
                Gen.Long[0, long.MaxValue],
                Gen.Long[1, long.MaxValue]
            )
            .Sample(
                (frequency, from, ticks) =>
                {
                    long later = DueTimer.Later(new Frequency(frequency), from, TimeSpan.FromTicks(ticks));

                    Int128 exact = ((Int128)from * TimeSpan.TicksPerSecond) + ((Int128)ticks * frequency);
                    Assert.True(
                        later == long.MaxValue
                            ? exact / TimeSpan.TicksPerSecond >= long.MaxValue - 1
                            : (Int128)later * TimeSpan.TicksPerSecond - exact is var late
                                && late >= 0
                                && late < TimeSpan.TicksPerSecond
                    );
                }
            );

    [Fact]
    public async Task SystemsClock_TimersOfAllTimes_CallOnce()
    {
        Journal<bool> calls = new();
        List<DueTimer> timers = [];
        for (int i = 0; i < 200; i++)
        {
            TimeSpan wait = TimeSpan.FromMilliseconds(i % 7) + TimeSpan.FromTicks(i);
            DueTimer timer = new(TimeProvider.System, () => calls.Add(true), onPool: i % 2 == 0);
            timers.Add(timer);

            // Its entry may be earlier or later than the time that it gets then.
            timer.Set(i % 3 == 0 ? TimeSpan.FromDays(90) : TimeSpan.FromMilliseconds(i % 5));
            timer.Set(wait);
        }

        await calls.WaitForAsync(200);
        timers.ForEach(timer => timer.Dispose());

        Assert.InRange(calls.Count, 200, 400);
    }

    [Fact]
    public async Task SystemsClock_TimersSetByManyThreads_NoneIsForgotten()
    {
        Journal<int> calls = new();
        using DueTimer timer = new(TimeProvider.System, () => calls.Add(1));
        for (int round = 1; round <= 100; round++)
        {
            await Task.WhenAll(
                Enumerable
                    .Range(0, 4)
                    .Select(i =>
                        Task.Run(() =>
                        {
                            for (int k = 0; k < 50; k++)
                            {
                                timer.Set(TimeSpan.FromTicks(((i * 7) + (k * 13)) % 11 * 1_000));
                            }
                        })
                    )
            );

            int before = calls.Count;
            timer.Set(TimeSpan.FromMilliseconds(round % 3));
            await calls.WaitForAsync(before + 1);
        }
    }

    [Fact]
    public async Task SystemsClock_DisposedTimers_CallNoMore()
    {
        Journal<int> calls = new();
        for (int i = 0; i < 100; i++)
        {
            DueTimer disposed = new(TimeProvider.System, () => calls.Add(1));
            disposed.Set(TimeSpan.FromMinutes(i + 1));
            disposed.Dispose();
            DueTimer cleared = new(TimeProvider.System, () => calls.Add(2));
            cleared.Set(TimeSpan.FromMinutes(i + 1));
            cleared.Clear();
        }

        using DueTimer marker = new(TimeProvider.System, () => calls.Add(3));
        marker.Set(TimeSpan.FromMilliseconds(5));

        Assert.Equal([3], await calls.WaitForAsync(1));
    }

    private sealed class Frequency(long frequency) : TimeProvider
    {
        public override long TimestampFrequency => frequency;
    }
}
