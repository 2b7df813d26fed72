namespace EventDrivenActors.Pure.Tests.EventLoop;

/// <summary>
/// A loop whose filter passes events on lets who dispatches do that; of the user's code nothing runs there.
/// </summary>
public sealed class ControllerLoopRelayTests
{
    private readonly AsyncLocal<string?> _mine = new();
    private readonly List<string?> _seen = [];
    private readonly List<DeferredEvent> _passed = [];
    private readonly LoopRig _rig;
    private Task? _room;

    public ControllerLoopRelayTests()
    {
        _rig = new LoopRig(
            new MappingBlueprint().On(
                "here",
                (Session _) =>
                {
                    _seen.Add(_mine.Value);
                    return Environment.CurrentManagedThreadId;
                }
            ),
            settings =>
                settings with
                {
                    InboundFilters = [Filter],
                    Relays = static session => !session.Event.Equals("slow"),
                }
        );
        _rig.Host.Relaying = _rig.Loop.Loop;
        _rig.Loop.Run(null);
        _rig.Dispatch("there");
        _rig.Pump();
    }

    [Fact]
    public void Event_OfAnIdleLoop_IsPassedOnByWhoDispatchesIt()
    {
        CountingPending pending = _rig.Dispatch("there");

        Assert.False(_rig.Host.IsScheduled);
        Assert.Equal(2, _passed.Count);
        Assert.Equal(PendingStatus.Running, pending.Status);
        _passed.ForEach(passed => passed.Settle(EventOutcome.Completed([1])));
        Assert.Equal(PendingStatus.Completed, pending.Status);
        Assert.True(_rig.Loop.IsIdle);
    }

    [Theory]
    [InlineData("here")]
    [InlineData("slow")]
    public void Event_ThatIsNotJustPassedOn_GoesOnInATurnOfTheLoop(string key)
    {
        _mine.Value = "the caller's";
        CountingPending pending = _rig.Dispatch(key);
        CountingPending next = _rig.Dispatch("there");
        Assert.Empty(_seen);
        Assert.Single(_passed);
        Assert.True(_rig.Host.IsScheduled);

        _rig.Pump();

        Assert.Equal(key == "here" ? [null] : [], _seen);
        Assert.Equal(key == "here" ? PendingStatus.Completed : PendingStatus.Running, pending.Status);
        Assert.Equal(PendingStatus.Running, next.Status);
        Assert.Equal(
            key == "here" ? ["there", "there"] : ["there", "slow", "there"],
            _passed.Select(passed => passed.Key)
        );
        Assert.Equal("the caller's", _mine.Value);
    }

    [Fact]
    public void Event_CancelledBeforeThatTurn_NeverRuns()
    {
        CountingPending pending = _rig.Dispatch("here");
        pending.Cancel();
        _rig.Pump();

        Assert.Empty(_seen);
        Assert.Equal(PendingStatus.Cancelled, pending.Status);
    }

    [Fact]
    public void Handlers_NeverSeeTheContextOfWhoPassedOnForThem()
    {
        TaskCompletionSource room = new();
        _room = room.Task;
        _mine.Value = "the caller's";
        SynchronizationContext? context = SynchronizationContext.Current;
        _rig.Dispatch("there");
        _room = null;
        _rig.Dispatch("there");
        room.SetResult();
        Assert.True(SpinWait.SpinUntil(() => _passed.Count == 3, TestSupport.HangGuard.Limit));
        _rig.Dispatch("here");
        // Whichever thread passed the third event on may still hold the turn, and asks for the next one only when it
        // gives the turn back.
        SpinWait.SpinUntil(
            () =>
            {
                _rig.Pump();
                return _seen.Count > 0;
            },
            TestSupport.HangGuard.Limit
        );

        Assert.Equal([null], _seen);
        Assert.Equal("the caller's", _mine.Value);
        Assert.Same(context, SynchronizationContext.Current);
        Assert.False(Session.Current.IsActive);
    }

    [Fact]
    public void Loop_ThatWaitsForRoom_GoesOnWhereRoomIsMade()
    {
        TaskCompletionSource room = new();
        _room = room.Task;
        _rig.Dispatch("there");
        _room = null;
        _rig.Dispatch("there");
        Assert.Equal(2, _passed.Count);

        room.SetResult();

        Assert.True(SpinWait.SpinUntil(() => _passed.Count == 3, TestSupport.HangGuard.Limit));
        Assert.False(_rig.Host.IsScheduled);
    }

    [Fact]
    public void SuspendedOrStoppingLoop_PassesNothingOnElsewhere()
    {
        _rig.Loop.Suspend();
        _rig.Dispatch("there");
        Assert.Single(_passed);
        _rig.Pump();
        Assert.Single(_passed);
        _rig.Loop.Resume();
        _rig.Pump();
        Assert.Equal(2, _passed.Count);
    }

    private ValueTask Filter(Session session, InboundDelegate next)
    {
        if (session.Event.Equals("here"))
        {
            return next(session);
        }

        _passed.Add(session.Defer());
        return _room is null ? default : new ValueTask(_room);
    }
}
