namespace EventDrivenActors.Pure.Tests.EventLoop;

public sealed class SessionTests
{
    private static readonly TimeSpan HangGuard = TestSupport.HangGuard.Limit;

    [Fact]
    public void Session_UsedAfterItsEvent_ThrowsOnEveryMember()
    {
        Session kept = default;
        LoopRig rig = Rig((Session session) => kept = session);
        rig.Dispatch("run", 1);
        rig.Pump();
        rig.Dispatch("other", 2);
        rig.Pump();

        Assert.False(kept.IsActive);
        Action[] uses =
        [
            () => _ = kept.Value,
            () => _ = kept.Event,
            () => _ = kept.Args,
            () => _ = kept.Context,
            () => _ = kept.Items,
            () => _ = kept.Returns,
            () => _ = kept.Self,
            () => _ = kept.Pool,
            () => _ = kept.WorkerIndex,
            () => _ = kept.Attempt,
            () => _ = kept.CancellationToken,
            kept.Skip,
            () => kept.Defer(),
            () => kept.TryGet(new SessionKey<int>("x"), out _),
        ];
        Assert.All(
            uses,
            use =>
                Assert.Contains(
                    "has ended",
                    Assert.Throws<InvalidOperationException>(use).Message,
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public void Session_Default_SaysThatNoEventIsHandled() =>
        Assert.Contains(
            "No event is being handled",
            Assert.Throws<InvalidOperationException>(() => default(Session).Value).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Current_AfterEachAwait_IsTheHandlersOwn()
    {
        List<object?> seen = [];
        LoopRig rig = Rig(
            async (Session session) =>
            {
                seen.Add(Session.Current.Value);
                await Task.Yield();
                seen.Add(Session.Current.Value);
                await Task.Run(() => seen.Add(Session.Current.Value));
                await Task.Delay(1).ConfigureAwait(false);
                seen.Add(Session.Current.Value);
                Assert.Equal(session, Session.Current);
            }
        );
        using LoopPump pump = new(rig.Loop, rig.Host, threads: 1);
        await rig.Dispatch("run", "a").AsTask().WaitAsync(HangGuard);
        await rig.Dispatch("run", "b").AsTask().WaitAsync(HangGuard);

        Assert.Equal(["a", "a", "a", "a", "b", "b", "b", "b"], seen);
        Assert.False(Session.Current.IsActive);
    }

    [Fact]
    public void Current_OnTheDrainingThread_IsEmptyAfterTheDrain()
    {
        AsyncLocal<int> outer = new() { Value = 7 };
        bool inside = false;
        LoopRig rig = Rig((Session session) => inside = Session.Current == session);
        for (int i = 0; i < 3; i++)
        {
            rig.Dispatch("run");
            rig.Pump();
            Assert.True(inside);
            Assert.False(Session.Current.IsActive);
            Assert.Equal(7, outer.Value);
        }
    }

    [Fact]
    public async Task Current_InDetachedWorkOfASuspendedEvent_NeverShowsALaterEvent()
    {
        TaskCompletionSource later = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource gate = new();
        Task<bool>? detached = null;
        LoopRig rig = Rig(
            async (Session session) =>
            {
                if (session.Value is "first")
                {
                    detached = SeeAsync(later.Task);
                    await gate.Task;
                    return;
                }

                later.SetResult();
                Assert.False(await detached!.WaitAsync(HangGuard));
            }
        );
        CountingPending first = rig.Dispatch("run", "first");
        rig.Pump();
        rig.End(gate);
        using LoopPump pump = new(rig.Loop, rig.Host, threads: 1);
        rig.Host.OnSchedule!();
        await first.AsTask().WaitAsync(HangGuard);
        await rig.Dispatch("run", "second").AsTask().WaitAsync(HangGuard);

        static async Task<bool> SeeAsync(Task until)
        {
            await until.ConfigureAwait(false);
            return Session.Current.IsActive;
        }
    }

    [Fact]
    public void Token_OfACancelledEvent_DoesNotReachTheNext()
    {
        List<CancellationToken> tokens = [];
        CountingPending? own = null;
        LoopRig rig = Rig(
            (Session session) =>
            {
                tokens.Add(session.CancellationToken);
                if (session.Value is "cancels")
                {
                    own!.Cancel();
                    Assert.True(session.CancellationToken.IsCancellationRequested);
                }
            }
        );
        rig.Dispatch("run", "before");
        own = rig.Dispatch("run", "cancels");
        CountingPending next = rig.Dispatch("run", "next");
        rig.Pump();
        own.Cancel();
        next.Cancel();

        Assert.Equal([false, true, false], tokens.Select(token => token.IsCancellationRequested));
    }

    [Fact]
    public void Token_AskedForAfterTheCancellation_HasFired()
    {
        bool fired = false;
        CountingPending? own = null;
        LoopRig rig = Rig(
            (Session session) =>
            {
                own!.Cancel();
                fired = session.CancellationToken.IsCancellationRequested;
            }
        );
        own = rig.Dispatch("run");
        rig.Pump();

        Assert.True(fired);
        Assert.Equal(PendingStatus.Completed, own.Status);
    }

    [Fact]
    public void Items_OfOneRun_AreGoneInTheNext()
    {
        List<object?> seen = [];
        LoopRig rig = Rig(
            (Session session) =>
            {
                seen.Add(session.Items.TryGetValue("x", out object? value) ? value : null);
                session.Items["x"] = session.Value;
            }
        );
        rig.Dispatch("run", 1);
        rig.Dispatch("run", 2);
        rig.Pump();
        rig.Loop.Shutdown(ShutdownMode.Drain, HangGuard);
        rig.Pump();
        rig.Loop.Run(null);
        rig.Dispatch("run", 3);
        rig.Pump();

        Assert.Equal([null, 1, null], seen);
    }

    [Fact]
    public async Task Await_OfAnEventBehindTheHandler_ThrowsAtOnce()
    {
        LoopRig? rig = null;
        rig = Rig(
            async (Session session) =>
            {
                if (session.Value is "outer")
                {
                    await rig!.Dispatch("run", "inner");
                }
            }
        );
        CountingPending outer = rig.Dispatch("run", "outer");
        rig.Pump();

        await Assert.ThrowsAsync<SelfAwaitException>(() => outer.AsTask().WaitAsync(HangGuard));
    }

    private static LoopRig Rig(Delegate handler)
    {
        LoopRig rig = new(new MappingBlueprint().On("run", handler));
        rig.Loop.Run(null);
        return rig;
    }
}
