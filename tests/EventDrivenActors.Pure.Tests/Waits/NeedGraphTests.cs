using EventDrivenActors.Waits;

namespace EventDrivenActors.Pure.Tests.Waits;

/// <summary>P15: which waits can only end after their own events, where several wait at once.</summary>
public sealed class NeedGraphTests
{
    private readonly Thing _first = new();
    private readonly Thing _second = new();
    private readonly Thing _firstWaits = new();
    private readonly Thing _secondWaits = new();

    [Fact]
    public void TwoWaits_ThatNeedBothEnds_AreEachACircle()
    {
        _first.Needs(_firstWaits);
        _second.Needs(_secondWaits);
        _firstWaits.Needs(_first, _second);
        _secondWaits.Needs(_first, _second);

        Assert.Equal(NeedVerdict.OnlyAfter, Judge(_firstWaits, _first, out IReadOnlyList<INeed> way));
        Assert.Equal([_firstWaits, _first], way);
        Assert.Equal(NeedVerdict.OnlyAfter, Judge(_secondWaits, _second, out _));
    }

    [Fact]
    public void FourWaits_ThatNeedTheEndsOfTwoOthersEach_AreOneCircle()
    {
        Thing[] ends = [new(), new(), new(), new()];
        Thing[] waits = [new(), new(), new(), new()];
        for (int i = 0; i < 4; i++)
        {
            ends[i].Needs(waits[i]);
            waits[i].Needs(i < 2 ? ends[2..] : ends[..2]);
        }

        Assert.All(Enumerable.Range(0, 4), i => Assert.Equal(NeedVerdict.OnlyAfter, Judge(waits[i], ends[i], out _)));
    }

    [Fact]
    public void AWait_ForACircleOfOthers_IsNone()
    {
        _first.Needs(_firstWaits);
        _firstWaits.Needs(_second);
        _second.Needs(_secondWaits);
        _secondWaits.Needs(_second);

        Assert.Equal(NeedVerdict.BlockedElsewhere, Judge(_firstWaits, _first, out IReadOnlyList<INeed> way));
        Assert.Empty(way);
        Assert.Equal(NeedVerdict.OnlyAfter, Judge(_secondWaits, _second, out _));
    }

    [Fact]
    public void AWait_ThatNeedsItsOwnEnd_AndACircleOfOthers_EndsWhenThatHasBeenEnded()
    {
        _first.Needs(_firstWaits);
        _firstWaits.Needs(_first, _second);
        _second.Needs(_secondWaits);
        _secondWaits.Needs(_second);

        Assert.Equal(NeedVerdict.BlockedElsewhere, Judge(_firstWaits, _first, out _));
        Assert.Equal(NeedVerdict.OnlyAfter, Judge(_secondWaits, _second, out _));
    }

    [Fact]
    public void OneFreeWorker_IsEnough()
    {
        Thing free = new();
        Thing pool = new() { OneIsEnough = true };
        pool.Needs(_first, free);

        Assert.Equal(NeedVerdict.Free, Judge(pool, _first, out _));
    }

    private static NeedVerdict Judge(INeed wanted, INeed end, out IReadOnlyList<INeed> way) => NeedGraph.Judge(wanted, end, certainly: false, out way);

    private sealed class Thing : INeed
    {
        private readonly List<INeed> _needs = [];

        public bool OneIsEnough { get; init; }

        public void Needs(params ReadOnlySpan<INeed> needs) => _needs.AddRange(needs);

        public void AddNeeds(List<INeed> needs, bool certainly) => needs.AddRange(_needs);
    }
}
