namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>
/// A handler sees its event by its parameter and by the ambient session. A session that it keeps throws after the
/// event.
/// </summary>
public abstract class SessionContract : ContractBase
{
    [Fact]
    public async Task Session_OfAHandler_ShowsItsEvent()
    {
        IController controller = Start(m =>
            m.On(
                "x",
                session =>
                {
                    Assert.Equal("x", session.Event);
                    Assert.Equal("value", session.Value);
                    Assert.Equal([1, "two"], session.Args);
                    Assert.Equal(1, session.Attempt);
                    Assert.Null(session.Parent);
                    Assert.True(session.IsActive);
                    Assert.InRange(session.WorkerIndex, 0, Workers - 1);
                    return session.Pool ?? session.Self;
                }
            )
        );

        Assert.Same(controller, Assert.Single(await controller.Dispatch("x", "value", args: [1, "two"]).Guarded()));
    }

    [Fact]
    public async Task TypedKey_ShowsAsItsName()
    {
        IController controller = Start(m =>
            m.On(new EventKey<int>("typed"), (session, value) => { }).On("typed", session => session.Event)
        );

        Pending pending = controller.Dispatch(new EventKey<int>("typed"), 1);

        Assert.Equal([null, "typed"], await pending.Guarded());
        Assert.Equal("typed", pending.Key);
    }

    [Theory]
    [InlineData(5)]
    [InlineData("text")]
    [InlineData(true)]
    public async Task Key_OfAnyTypeWithEquality_Works(object key)
    {
        IController controller = Start(m => m.On(key, _ => "found").On((1, "tuple"), _ => "tuple"));

        Assert.Equal(["found"], await controller.Dispatch(key).Guarded());
        Assert.Equal(["tuple"], await controller.Dispatch((1, "tuple")).Guarded());
    }

    [Fact]
    public async Task CurrentSession_OutsideOfHandlers_IsNotActive()
    {
        IController controller = Start(m => m.On("x", _ => 1));
        Assert.False(Session.Current.IsActive);

        await controller.Dispatch("x").Guarded();
        await controller.ShutdownAsync().Guarded();

        Assert.False(Session.Current.IsActive);
        Assert.Throws<InvalidOperationException>(() => Session.Current.Event);
    }

    [Fact]
    public async Task CurrentSession_AfterEveryAwaitInAHandler_IsTheHandlersOwn()
    {
        IController controller = Start(m =>
            m.On(
                "x",
                async session =>
                {
                    for (int i = 0; i < 5; i++)
                    {
                        Assert.True(Session.Current == session);
                        Assert.True(Session.Current.IsActive);
                        Assert.Equal(session.Value, Session.Current.Value);
                        await Task.Yield();
                        await Task.Run(async () =>
                        {
                            await Task.Yield();
                            Assert.True(Session.Current == session);
                        });
                    }

                    return session.Value;
                }
            )
        );

        Pending[] pendings = [.. Enumerable.Range(0, 100).Select(n => controller.Dispatch("x", n))];
        for (int n = 0; n < pendings.Length; n++)
        {
            Assert.Equal([n], await pendings[n].Guarded());
        }
    }

    [Fact]
    public async Task CurrentSession_OfADispatcherInsideAnotherControllersHandler_StaysItsOwn()
    {
        IController inner = Start(m =>
            m.On(
                "inner",
                async _ =>
                {
                    await Task.Yield();
                    return Session.Current.Event;
                }
            )
        );
        IController outer = Start(m =>
            m.On(
                "outer",
                async _ =>
                {
                    object? seen = (await inner.Dispatch("inner"))[0];
                    return $"{seen} in {Session.Current.Event}";
                }
            )
        );

        Assert.Equal(["inner in outer"], await outer.Dispatch("outer").Guarded());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KeptSession_AfterItsEvent_Throws(bool suspends)
    {
        Session kept = default;
        IController controller = Start(m =>
            m.On(
                    "keep",
                    async session =>
                    {
                        kept = session;
                        if (suspends)
                        {
                            await Task.Yield();
                        }
                    }
                )
                .On("other", _ => 1)
        );
        await controller.Dispatch("keep", "secret").Guarded();
        for (int i = 0; i < Workers; i++)
        {
            await controller.Dispatch("other", "public").Guarded();
        }

        await controller.WaitForIdleAsync().Guarded();
        Assert.False(kept.IsActive);
        Assert.Throws<InvalidOperationException>(() => kept.Value);
        Assert.Throws<InvalidOperationException>(() => kept.Event);
        Assert.Throws<InvalidOperationException>(() => kept.Items);
        Assert.Throws<InvalidOperationException>(() => kept.CancellationToken);
        Assert.Throws<InvalidOperationException>(kept.Skip);
    }

    [Fact]
    public async Task KeptSession_WhileALaterEventRuns_Throws()
    {
        Session kept = default;
        Gate gate = NewGate();
        IController controller = Start(m =>
            m.On(
                    "keep",
                    session =>
                    {
                        kept = session;
                    }
                )
                .On("later", async _ => await gate.PassAsync())
        );
        await controller.Dispatch("keep", "secret").Guarded();
        await OccupyAsync(controller, Workers - 1);
        controller.Post("later", "public");
        await gate.Entered;

        Assert.False(kept.IsActive);
        Assert.Throws<InvalidOperationException>(() => kept.Value);
        gate.Open();
    }

    [Fact]
    public async Task DetachedWork_AfterItsHandler_HasNoSession()
    {
        Gate gate = NewGate();
        Task<bool>? detached = null;
        IController controller = Start(m =>
            m.On(
                    "x",
                    _ =>
                    {
                        detached = Task.Run(async () =>
                        {
                            await gate.PassAsync();
                            return Session.Current.IsActive;
                        });
                    }
                )
                .On("later", _ => 1)
        );
        await controller.Dispatch("x").Guarded();
        await controller.Dispatch("later").Guarded();
        gate.Open();

        Assert.False(await detached!.Guarded());
    }

    [Fact]
    public async Task Attempt_InItsOptions_IsSeenByTheHandler()
    {
        IController controller = Start(m => m.On("x", session => session.Attempt));

        Assert.Equal([2], await controller.Dispatch("x", options: new EventOptions { Attempt = 2 }).Guarded());
    }
}
