namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>P5: a failing handler settles its own event and harms nothing else.</summary>
public abstract class FailureContract : ContractBase
{
    [Fact]
    public async Task Handler_Throwing_FaultsItsEventWithThatException()
    {
        TestFailureException sync = new();
        TestFailureException late = new();
        IController controller = Start(m =>
            m.On("sync", _ => Throw(sync))
                .On(
                    "late",
                    async _ =>
                    {
                        await Task.Yield();
                        throw late;
                    }
                )
        );

        Pending first = controller.Dispatch("sync");
        Pending second = controller.Dispatch("late");

        Assert.Same(sync, await Assert.ThrowsAsync<TestFailureException>(() => first.Guarded()));
        Assert.Same(late, await Assert.ThrowsAsync<TestFailureException>(() => second.Guarded()));
        Assert.Equal(PendingStatus.Faulted, first.Status);
        Assert.Equal(PendingStatus.Faulted, second.Status);
    }

    /// <summary>
    /// An async handler that throws before it waits returns a task that has failed already, and the loop does not leave
    /// the event in between.
    /// </summary>
    [Theory]
    [InlineData("two handlers")]
    [InlineData("hook and handler")]
    [InlineData("filter that waits")]
    [InlineData("failure that a filter keeps")]
    public async Task FailureOfAnEvent_IsNotThatOfTheNextOne(string shape)
    {
        IController controller = Create(options =>
        {
            options
                .Mapping.On("bad", static async Task (Session _) => throw new TestFailureException())
                .On("good", _ => 1);
            switch (shape)
            {
                case "two handlers":
                    options.Mapping.On("good", async _ => await Task.Yield());
                    break;
                case "hook and handler":
                    options.Mapping.After(async session =>
                        await (session.Event is "good" ? YieldAsync() : Task.CompletedTask)
                    );
                    break;
                default:
                    options.Adapters.Add(new DelegateAdapter(context => context.UseInbound(PassAsync)));
                    break;
            }
        });
        controller.Run();

        await controller.Dispatch("bad").StatusAsync();
        Pending[] good = [.. Enumerable.Range(0, 2 * Workers).Select(_ => controller.Dispatch("good"))];

        foreach (Pending pending in good)
        {
            Assert.Equal(PendingStatus.Completed, await pending.StatusAsync());
        }

        static async Task YieldAsync() => await Task.Yield();

        async ValueTask PassAsync(Session session, InboundDelegate next)
        {
            if (session.Event is "good")
            {
                await Task.Yield();
            }

            try
            {
                await next(session);
            }
            catch (TestFailureException) when (shape == "failure that a filter keeps")
            {
                // It is settled without results.
            }
        }
    }

    [Fact]
    public async Task Controller_AfterManyFailures_StillHandlesEvents()
    {
        IController controller = Start(m => m.On("bad", _ => Throw(new TestFailureException())).On("good", _ => 1));

        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(PendingStatus.Faulted, await controller.Dispatch("bad").StatusAsync());
        }

        Pending[] good = [.. Enumerable.Range(0, 20).Select(_ => controller.Dispatch("good"))];
        foreach (Pending pending in good)
        {
            Assert.Equal([1], await pending.Guarded());
        }

        Assert.Equal(ControllerState.Running, controller.State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Event_AfterATaskThatHadFailedAtOnce_HasItsOwnOutcome(bool isFiltered)
    {
        IController controller = Start(
            m =>
                m.On("bad", _ => Task.FromException<int>(new TestFailureException()))
                    .On(
                        "good",
                        async _ =>
                        {
                            await Task.Yield();
                            return 1;
                        }
                    )
                    .On("good", _ => 2),
            options =>
            {
                if (isFiltered)
                {
                    options.Adapters.Add(
                        new DelegateAdapter(context => context.UseInbound((session, next) => next(session)))
                    );
                }
            }
        );

        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(PendingStatus.Faulted, await controller.Dispatch("bad").StatusAsync());
        }

        for (int i = 0; i < 20; i++)
        {
            Assert.Equal([1, 2], await controller.Dispatch("good").Guarded());
        }
    }

    [Fact]
    public async Task Items_AfterAFailure_AreKept()
    {
        IController controller = Start(m =>
            m.On("read", session => session.Items.TryGetValue("n", out object? n) ? n : null)
        );

        // Every worker fails once: none is free before all have taken one.
        Gate gate = NewGate();
        Pending[] writes = await OccupyAllAsync(
            controller,
            async session =>
            {
                session.Items["n"] = 7;
                await gate.PassAsync();
                throw new TestFailureException();
            }
        );
        gate.Open();
        foreach (Pending write in writes)
        {
            Assert.Equal(PendingStatus.Faulted, await write.StatusAsync());
        }

        Assert.Equal([7], await controller.Dispatch("read").Guarded());
    }

    [Fact]
    public async Task Handlers_BehindTheFailingOne_DoNotRun()
    {
        Journal<string> journal = new();
        IController controller = Start(m =>
            m.On("x", _ => journal.Add("first"))
                .On("x", _ => Throw(new TestFailureException()))
                .On("x", _ => journal.Add("third"))
        );

        await controller.Dispatch("x").StatusAsync();
        await controller.Dispatch("marker").Guarded();

        Assert.Equal(["first"], journal.Entries);
    }

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
