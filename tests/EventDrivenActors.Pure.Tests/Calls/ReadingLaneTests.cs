using EventDrivenActors.Pure.Tests.EventLoop;
using EventDrivenActors.TestSupport;
using EventDrivenActors.Wire.Calls;

namespace EventDrivenActors.Pure.Tests.Calls;

public sealed class ReadingLaneTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private readonly ManualTime _time = new();
    private readonly Journal<string> _done = new();
    private readonly ReadingLane _lane;

    public ReadingLaneTests() => _lane = new ReadingLane(_time);

    [Fact]
    public async Task Readings_AreTakenOneAtATimeInOrder()
    {
        for (int number = 0; number < 100; number++)
        {
            string name = $"{number}";
            _lane.Add(Of(name));
        }

        await _lane.WhenEmpty().Guarded();

        Assert.Equal(Enumerable.Range(0, 100).Select(number => $"{number}"), _done.Entries);
        Assert.False(_lane.IsBusy);
    }

    [Fact]
    public async Task ReadingThatTakesTooLong_IsGivenUp_AndWhatItReadsAfterAllGoesNowhere()
    {
        using ManualResetEventSlim entered = new();
        using ManualResetEventSlim open = new();
        _lane.Add(
            Of(
                "first",
                () =>
                {
                    entered.Set();
                    open.Wait(HangGuard.Limit);
                }
            )
        );
        _lane.Add(Of("second"));
        Assert.True(entered.Wait(HangGuard.Limit));

        _time.Advance(Limit - TimeSpan.FromSeconds(1));
        Assert.Empty(_done.Entries);
        _time.Advance(TimeSpan.FromSeconds(1));
        await _lane.WhenEmpty().Guarded();
        Assert.Equal(["first was given up", "second"], _done.Entries);

        open.Set();
        await _done.WaitForAsync(3);
        Assert.Equal("first ended", _done.Entries[2]);
    }

    [Fact]
    public async Task Timer_ThatFiresLate_SparesTheNextReading()
    {
        using ManualResetEventSlim entered = new();
        using ManualResetEventSlim open = new();
        _lane.Add(Of("first"));
        await _lane.WhenEmpty().Guarded();
        _lane.Add(
            Of(
                "second",
                () =>
                {
                    entered.Set();
                    open.Wait(HangGuard.Limit);
                }
            )
        );
        Assert.True(entered.Wait(HangGuard.Limit));

        _time.Callbacks[0]();
        open.Set();
        await _lane.WhenEmpty().Guarded();

        Assert.Equal(["first", "second"], _done.Entries);
    }

    private Reading Of(string name, Action? read = null) =>
        new()
        {
            Limit = Limit,
            Read = () =>
            {
                Assert.True(_lane.IsReading);
                read?.Invoke();
                return () => _done.Add(name);
            },
            GivenUp = () => _done.Add($"{name} was given up"),
            Ended = () => _done.Add($"{name} ended"),
        };
}
