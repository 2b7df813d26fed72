using EventDrivenActors.EventLoop;

namespace EventDrivenActors.Pure.Tests.EventLoop;

public sealed class DeferredEventsTests
{
    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(2, 1, 0)]
    [InlineData(1, 0, 2)]
    [InlineData(1, 2, 0)]
    public void Remove_AnyOrder_LeavesTheOthersInTheirs(int first, int second, int third)
    {
        LoopRig rig = new(new MappingBlueprint());
        DeferredEvents events = new();
        DeferredEvent[] all =
        [
            .. Enumerable
                .Range(0, 3)
                .Select(i => new DeferredEvent(
                    new CountingPending(rig.Loop, i, null, null),
                    SessionContext.Empty,
                    null,
                    [],
                    null!
                )),
        ];
        Array.ForEach(all, events.Add);
        List<DeferredEvent> left = [.. all];
        foreach (int index in (int[])[first, second, third])
        {
            left.Remove(all[index]);
            Assert.True(events.Remove(all[index], out bool last));
            Assert.Equal(left.Count == 0, last);
            Assert.False(events.Remove(all[index], out last));
            Assert.False(last);
            Assert.Equal(left, events.All());
        }

        events.Add(all[first]);
        Assert.Equal(1, events.Count);
    }

    [Fact]
    public void Cancel_DeferredEvent_ReachesItAndNoOther()
    {
        List<DeferredEvent> deferred = [];
        LoopRig rig = new(new MappingBlueprint().On("run", (Session session) => deferred.Add(session.Defer())));
        rig.Loop.Run(null);
        CountingPending[] pendings = [.. Enumerable.Range(0, 3).Select(i => rig.Dispatch("run", i))];
        rig.Pump();
        pendings[1].Cancel();

        Assert.True(
            SpinWait.SpinUntil(() => deferred[1].CancellationToken.IsCancellationRequested, TestSupport.HangGuard.Limit)
        );
        Assert.Equal(
            (false, false),
            (
                deferred[0].CancellationToken.IsCancellationRequested,
                deferred[2].CancellationToken.IsCancellationRequested
            )
        );
    }
}
