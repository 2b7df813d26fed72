namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>P5: a failing handler settles its own event and harms nothing else.</summary>
public abstract partial class FailureContract : ContractBase
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
    /// An async handler that throws before it awaits anything returns a failed task, so the loop does not leave the
    /// event in between.
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
                // The event has settled without results.
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

        // Every worker fails once: none is free before each has taken an event.
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
}
