namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>Hooks around events, skipping, and the handlers of last resort.</summary>
public abstract class HookContract : ContractBase
{
    [Fact]
    public async Task Hooks_AroundAnEvent_RunInOrderAndSeeTheResults()
    {
        Journal<string> journal = new();
        IController controller = Start(m =>
            m.Before(async _ =>
                {
                    await Task.Yield();
                    journal.Add("before 1");
                })
                .Before(_ => journal.Add("before 2"))
                .On(
                    "x",
                    _ =>
                    {
                        journal.Add("handler");
                        return 1;
                    }
                )
                .On("x", _ => 2)
                .After(session => journal.Add($"after {string.Join('+', session.Returns)}"))
                .After(async _ =>
                {
                    await Task.Yield();
                    journal.Add("after 2");
                })
        );

        Assert.Equal([1, 2], await controller.Dispatch("x").Guarded());

        Assert.Equal(["before 1", "before 2", "handler", "after 1+2", "after 2"], journal.Entries);
    }

    [Fact]
    public async Task Hooks_RunAroundSubmissions()
    {
        Journal<string> journal = new();
        IController controller = Start(m =>
            m.Before(_ => journal.Add("before")).After(session => journal.Add($"after {session.Returns[0]}"))
        );

        await controller.Submit(() => 5).Guarded();

        Assert.Equal(["before", "after 5"], journal.Entries);
    }

    [Fact]
    public async Task Hooks_DoNotRunAroundErrorAndShutdown()
    {
        Journal<object> hooked = new();
        Journal<int> errors = new();
        IController controller = Start(m =>
            m.Before(session => hooked.Add(session.Event))
                .After(session => hooked.Add(session.Event))
                .On("bad", _ => Throw(new TestFailureException()))
                .On(ControllerEvents.Error, (_, _) => errors.Add(1))
                .On(ControllerEvents.Shutdown, _ => { })
        );

        await controller.Dispatch("bad").StatusAsync();
        await errors.WaitForAsync(1);
        await controller.ShutdownAsync().Guarded();

        Assert.All(hooked.Entries, key => Assert.Equal("bad", key));
        Assert.NotEmpty(hooked.Entries);
    }

    [Fact]
    public async Task Skip_InABeforeHook_RunsNothingMore()
    {
        Journal<string> journal = new();
        IController controller = Start(m =>
            m.Before(session =>
                {
                    if (session.Value is "leave out")
                    {
                        session.Skip();
                    }
                })
                .On("x", _ => journal.Add("handler"))
                .After(_ => journal.Add("after"))
        );

        Pending skipped = controller.Dispatch("x", "leave out");
        Assert.Equal(PendingStatus.Skipped, await skipped.StatusAsync());
        Assert.Empty(journal.Entries);

        await controller.Dispatch("x", "keep").Guarded();
        Assert.Equal(["handler", "after"], journal.Entries);
    }

    [Fact]
    public async Task Skip_InAHandler_LeavesTheAfterHooksOut()
    {
        Journal<string> journal = new();
        IController controller = Start(m =>
            m.On(
                    "x",
                    session =>
                    {
                        session.Skip();
                        return 1;
                    }
                )
                .After(_ => journal.Add("after"))
        );

        Pending pending = controller.Dispatch("x");

        Assert.Equal([1], await pending.Guarded());
        Assert.Equal(PendingStatus.Completed, pending.Status);
        Assert.Empty(journal.Entries);
    }

    [Fact]
    public async Task Skip_OfAnEarlierEvent_DoesNotReachTheNextOrTheShutdown()
    {
        Journal<string> journal = new();
        IController controller = Start(m =>
            m.Before(session =>
                {
                    if (session.Event is "out")
                    {
                        session.Skip();
                    }
                })
                .On("in", session => session.Skip())
                .On("last", _ => 1)
                .After(session => journal.Add((string)session.Event))
        );

        for (int i = 0; i < Workers * 2; i++)
        {
            await controller.Dispatch("out").StatusAsync();
            await controller.Dispatch("in").Guarded();
        }

        Assert.Equal([1], await controller.Dispatch("last").Guarded());
        Assert.Equal(["last"], journal.Entries);
        Assert.True((await controller.ShutdownAsync().Guarded()).Ended);
        Assert.Equal(ControllerState.Stopped, controller.State);
    }

    [Fact]
    public async Task BeforeHook_Failing_FaultsTheEventAndIsNamed()
    {
        TestFailureException cause = new();
        Journal<HandlerFailure> errors = new();
        Journal<string> journal = new();
        _failure = cause;
        IController controller = Start(m =>
            m.Before(BrokenHook)
                .On("x", _ => journal.Add("handler"))
                .After(_ => journal.Add("after"))
                .On(ControllerEvents.Error, (_, error) => errors.Add(error))
        );

        HookFailedException failure = await Assert.ThrowsAsync<HookFailedException>(() =>
            controller.Dispatch("x").Guarded()
        );

        Assert.Contains(nameof(BrokenHook), failure.Message);
        Assert.Same(cause, failure.InnerException);
        Assert.IsType<HookFailedException>(Assert.Single(await errors.WaitForAsync(1)).Exception);
        Assert.Empty(journal.Entries);
    }

    [Fact]
    public async Task AfterHook_Failing_KeepsTheResultsAndRaisesError()
    {
        TestFailureException cause = new();
        Journal<HandlerFailure> errors = new();
        _failure = cause;
        IController controller = Start(m =>
            m.On("x", _ => 1).After(BrokenHook).On(ControllerEvents.Error, (_, error) => errors.Add(error))
        );

        Pending pending = controller.Dispatch("x", 5);

        Assert.Equal([1], await pending.Guarded());
        Assert.Equal(PendingStatus.Completed, pending.Status);
        HandlerFailure error = Assert.Single(await errors.WaitForAsync(1));
        Assert.Equal("x", error.Event);
        HookFailedException failure = Assert.IsType<HookFailedException>(error.Exception);
        Assert.Contains(nameof(BrokenHook), failure.Message);
        Assert.Same(cause, failure.InnerException);
    }

    [Fact]
    public async Task Otherwise_ForUnknownKeys_SeesTheTrueKey()
    {
        IController controller = Start(m =>
            m.On("known", _ => "handler").Otherwise(session => $"other {session.Event}")
        );

        Assert.Equal(["other unknown"], await controller.Dispatch("unknown").Guarded());
        Assert.Equal(["handler"], await controller.Dispatch("known").Guarded());
    }

    [Fact]
    public async Task SubmitMapping_InterceptsSubmissions_AndMayLetThemThrough()
    {
        Journal<string> journal = new();
        IController controller = Start(m =>
            m.On(
                ControllerEvents.Submit,
                async (Session session, Submission submission) =>
                {
                    journal.Add("intercepted");
                    return (int)(await submission.InvokeAsync(session))! + 1;
                }
            )
        );

        Assert.Equal(3, await controller.Submit(() => 2).Guarded());
        Assert.Equal(["intercepted"], journal.Entries);
    }

    private Exception? _failure;

    private void BrokenHook(Session session) => throw _failure!;
}
