namespace EventDrivenActors.TestSupport.Contracts;

/// <content>The error event.</content>
public abstract partial class FailureContract
{
    [Fact]
    public async Task FailedEvent_Raises_ErrorWithKeyValueAndException()
    {
        TestFailureException failure = new();
        Journal<HandlerFailure> errors = new();
        IController controller = Start(m =>
            m.On("bad", _ => Throw(failure)).On(ControllerEvents.Error, (_, error) => errors.Add(error))
        );

        await controller.Dispatch("bad", 42).StatusAsync();

        HandlerFailure error = Assert.Single(await errors.WaitForAsync(1));
        Assert.Equal("bad", error.Event);
        Assert.Equal(42, error.Value);
        Assert.Same(failure, error.Exception);
    }

    [Fact]
    public async Task FailedPost_Raises_Error()
    {
        TestFailureException failure = new();
        Journal<HandlerFailure> errors = new();
        IController controller = Start(m =>
            m.On("bad", _ => Throw(failure)).On(ControllerEvents.Error, (_, error) => errors.Add(error))
        );

        controller.Post("bad", 1);
        controller.PostMany("bad", 2, 3);

        IReadOnlyList<HandlerFailure> raised = await errors.WaitForAsync(3);
        Assert.Equal([1, 2, 3], raised.Select(error => error.Value).Order());
        Assert.All(raised, error => Assert.Same(failure, error.Exception));
    }

    [Fact]
    public async Task ErrorHandler_Failing_IsNotRaisedAgain()
    {
        Journal<object> errors = new();
        IController controller = Start(m =>
            m.On("bad", _ => Throw(new TestFailureException()))
                .On(
                    ControllerEvents.Error,
                    (_, error) =>
                    {
                        errors.Add(error.Event);
                        throw new TestFailureException("The error handler failed too.");
                    }
                )
        );

        await controller.Dispatch("bad").StatusAsync();
        await errors.WaitForAsync(1);
        await controller.WaitForIdleAsync().Guarded();

        Assert.Equal(["bad"], errors.Entries);
    }

    [Fact]
    public async Task SubmittedFunction_Throwing_FaultsAndRaisesError()
    {
        TestFailureException failure = new();
        Journal<HandlerFailure> errors = new();
        IController controller = Start(m => m.On(ControllerEvents.Error, (_, error) => errors.Add(error)));

        Pending<object?> pending = controller.Submit(() => Throw(failure));

        Assert.Same(failure, await Assert.ThrowsAsync<TestFailureException>(() => pending.Guarded()));
        Assert.Same(failure, Assert.Single(await errors.WaitForAsync(1)).Exception);
    }

    [Fact]
    public async Task OtherwiseHandler_Throwing_FaultsTheEvent()
    {
        IController controller = Start(m => m.Otherwise(_ => Throw(new TestFailureException())));

        await Assert.ThrowsAsync<TestFailureException>(() => controller.Dispatch("unknown").Guarded());
    }

    [Fact]
    public async Task ArgumentsThatDoNotFit_FaultTheEventAndNameTheHandlersNeed()
    {
        IController controller = Start(m => m.On("sum", (int a, int b) => a + b));

        ArgumentException missing = await Assert.ThrowsAsync<ArgumentException>(() =>
            controller.Dispatch("sum", args: [1]).Guarded()
        );
        ArgumentException wrong = await Assert.ThrowsAsync<ArgumentException>(() =>
            controller.Dispatch("sum", args: [1, "two"]).Guarded()
        );

        Assert.Contains("Int32", missing.Message);
        Assert.Contains("'two'", wrong.Message);
        Assert.Equal([3], await controller.Dispatch("sum", args: [1, 2]).Guarded());
    }

    [Fact]
    public async Task NullTask_FromAnAsyncHandler_DoesNotStopTheLoop()
    {
        IController controller = Start(m => m.On("null", (Func<Session, Task>)(_ => null!)).On("good", _ => 1));

        Assert.True(
            await controller.Dispatch("null").StatusAsync() is PendingStatus.Faulted or PendingStatus.Completed
        );

        Assert.Equal([1], await controller.Dispatch("good").Guarded());
    }

    [Fact]
    public async Task KeyWhoseTextThrows_OfAFailedPost_DoesNotStopTheLoop()
    {
        IController controller = Start(m =>
            m.On(new UnprintableKey(), _ => Throw(new TestFailureException())).On("good", _ => 1)
        );

        controller.Post(new UnprintableKey(), new UnprintableKey());
        controller.Post(new UnprintableKey());
        Assert.Equal(PendingStatus.Faulted, await controller.Dispatch(new UnprintableKey()).StatusAsync());

        Assert.Equal([1], await controller.Dispatch("good").Guarded());
    }

    [Fact]
    public async Task FailureWhoseTextThrows_OfAFailedPost_DoesNotStopTheLoop()
    {
        IController controller = Start(m => m.On("bad", _ => Throw(new UnprintableException())).On("good", _ => 1));

        for (int i = 0; i < 2 * Workers; i++)
        {
            controller.Post("bad");
        }

        for (int i = 0; i < 2 * Workers; i++)
        {
            Assert.Equal([1], await controller.Dispatch("good").Guarded());
        }

        Assert.Equal(ControllerState.Running, controller.State);
    }

    [Theory]
    [InlineData("controller.otherwise")]
    [InlineData("controller.before")]
    [InlineData("controller.after")]
    [InlineData("controller.error")]
    [InlineData("controller.submit")]
    [InlineData("controller.timing")]
    public async Task BuiltInKey_DispatchedByHand_SettlesAndTheLoopGoesOn(string key)
    {
        IController controller = Start(m => m.Otherwise(_ => 0).Before(_ => { }).After(_ => { }).On("good", _ => 1));

        Assert.True(
            await controller.Dispatch(key, "not what it usually carries").StatusAsync() >= PendingStatus.Completed
        );

        Assert.Equal([1], await controller.Dispatch("good").Guarded());
        Assert.Equal(ControllerState.Running, controller.State);
    }

    private sealed record UnprintableKey
    {
        public override string ToString() => throw new TestFailureException("The key cannot be printed.");
    }

    private sealed class UnprintableException : Exception
    {
        public override string Message => throw new TestFailureException("The failure cannot be printed.");
    }
}
