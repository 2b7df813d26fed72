namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>The filters that adapters put around handling.</summary>
public abstract class InboundFilterContract : ContractBase
{
    protected InboundFilterContract()
        : base(onKit: true) { }

    [Theory]
    [InlineData("cancel", PendingStatus.Cancelled)]
    [InlineData("token", PendingStatus.Cancelled)]
    [InlineData("timeout", PendingStatus.TimedOut)]
    [InlineData("abort", PendingStatus.Cancelled)]
    public async Task Event_ThatEndsWhileItsFilterRuns_NeverStarts(string end, PendingStatus expected)
    {
        Gate filter = NewGate();
        TaskCompletionSource left = new();
        bool ran = false;
        IController controller = Start(
            m => m.On("e", _ => ran = true),
            options =>
                options.Adapters.Add(
                    new DelegateAdapter(context =>
                        context.UseInbound(
                            async (session, next) =>
                            {
                                try
                                {
                                    await filter.PassAsync();
                                    await next(session);
                                }
                                finally
                                {
                                    left.SetResult();
                                }
                            }
                        )
                    )
                )
        );
        using CancellationTokenSource source = new();
        EventOptions? options = end == "timeout" ? new EventOptions { Timeout = TimeSpan.FromMilliseconds(1) } : null;
        Pending pending = controller.Dispatch("e", options: options, cancellationToken: source.Token);
        await filter.Entered;

        switch (end)
        {
            case "cancel":
                pending.Cancel();
                break;
            case "token":
                await source.CancelAsync();
                break;
            case "timeout":
                await Time.AdvanceAsync(TimeSpan.FromMilliseconds(1));
                break;
            default:
                await controller.ShutdownAsync(ShutdownMode.Abort).Guarded();
                break;
        }

        filter.Open();
        Assert.Equal(expected, await pending.StatusAsync());
        await left.Task.Guarded();
        Assert.False(ran);
    }

    [Fact]
    public async Task InboundFilters_AroundHooksAndHandlers_RunInOrder()
    {
        Journal<string> journal = new();
        IController controller = StartWith(
            context =>
            {
                context.UseInbound(
                    async (session, next) =>
                    {
                        journal.Add("1 in");
                        await next(session);
                        journal.Add($"1 out {string.Join('+', session.Returns)}");
                    }
                );
                context.UseInbound(
                    (session, next) =>
                    {
                        journal.Add("2 in");
                        return next(session);
                    }
                );
            },
            m =>
                m.Before(_ => journal.Add("before"))
                    .On(
                        "y",
                        async _ =>
                        {
                            await Task.Yield();
                            journal.Add("handler");
                            return 1;
                        }
                    )
                    .After(_ => journal.Add("after"))
        );

        Assert.Equal([1], await controller.Dispatch("y").Guarded());

        Assert.Equal(["1 in", "2 in", "before", "handler", "after", "1 out 1"], journal.Entries);
    }

    [Fact]
    public async Task InboundFilter_ThatDoesNotCallOn_SkipsTheEvent()
    {
        Journal<string> journal = new();
        IController controller = StartWith(
            context =>
                context.UseInbound((session, next) => session.Value is "out" ? ValueTask.CompletedTask : next(session)),
            m => m.On("y", _ => journal.Add("handler"))
        );

        Assert.Equal(PendingStatus.Skipped, await controller.Dispatch("y", "out").StatusAsync());
        Assert.Empty(journal.Entries);
        Assert.Equal(PendingStatus.Completed, await controller.Dispatch("y", "in").StatusAsync());
    }

    [Fact]
    public async Task InboundFilter_SeesSubmissionsAndPosts()
    {
        Journal<object> seen = new();
        IController controller = StartWith(context =>
            context.UseInbound(
                (session, next) =>
                {
                    seen.Add(session.Value is Submission ? "function" : session.Event);
                    return next(session);
                }
            )
        );

        await controller.Submit(() => { }).Guarded();
        controller.Post("posted");
        await seen.WaitForAsync(2);
        await controller.Dispatch("dispatched").Guarded();

        Assert.Equal(["function", "posted", "dispatched"], seen.Entries);
    }

    [Fact]
    public async Task InboundFilter_SwallowingAFailure_LetsTheEventCompleteOrFaultButNotHang()
    {
        IController controller = StartWith(
            context =>
                context.UseInbound(async (session, next) => await Record.ExceptionAsync(() => next(session).AsTask())),
            m => m.On("y", _ => Throw(new TestFailureException()))
        );

        Assert.True(await controller.Dispatch("y").StatusAsync() >= PendingStatus.Completed);
        Assert.Equal([1], await controller.Dispatch("x").Guarded());
    }

    [Fact]
    public async Task InboundFilter_Failing_FaultsTheEventOnly()
    {
        IController controller = StartWith(context =>
            context.UseInbound(
                (session, next) => session.Value is "fail" ? throw new TestFailureException() : next(session)
            )
        );

        for (int i = 0; i < 2 * Workers; i++)
        {
            await Assert.ThrowsAsync<TestFailureException>(() => controller.Dispatch("x", "fail").Guarded());
        }

        Assert.Equal([1], await controller.Dispatch("x").Guarded());
    }

    [Fact]
    public async Task EventInAFilter_WhenTheControllerIsSuspended_StartsOnlyOnResume()
    {
        (IController controller, Gate gate, Journal<string> journal) = StartHolding();
        Pending pending = controller.Dispatch("y", "slow");
        await gate.Entered;
        await controller.SuspendAsync().Guarded();

        gate.Open();
        await MarkerAsync();
        Assert.Empty(journal.Entries);
        controller.Resume();

        Assert.Equal([1], await pending.Guarded());
        Assert.Equal(["before", "handler"], journal.Entries);
    }

    [Theory]
    [InlineData("clean")]
    [InlineData("finish")]
    [InlineData("abort")]
    [InlineData("cancel")]
    public async Task EventInAFilter_OfASuspendedController_CanBeCancelledAndNeverRuns(string how)
    {
        (IController controller, Gate gate, Journal<string> journal) = StartHolding();
        Pending pending = controller.Dispatch("y", "slow");
        await gate.Entered;
        await controller.SuspendAsync().Guarded();
        gate.Open();
        await MarkerAsync();

        Task ending = how switch
        {
            "clean" => Task.FromResult(controller.Clean()),
            "finish" => controller.ShutdownAsync(ShutdownMode.Finish),
            "abort" => controller.ShutdownAsync(ShutdownMode.Abort),
            _ => Task.FromResult(pending.Cancel()),
        };

        Assert.Equal(PendingStatus.Cancelled, await pending.StatusAsync());
        await ending.Guarded();
        controller.Resume();
        controller.Run();
        Assert.Equal([1], await controller.Dispatch("x").Guarded());
        Assert.DoesNotContain("handler", journal.Entries);
    }

    [Fact]
    public async Task EventInAFilter_OfASuspendedControllerThatFinishes_IsCancelledWhenItIsLetThrough()
    {
        (IController controller, Gate gate, Journal<string> journal) = StartHolding();
        Pending pending = controller.Dispatch("y", "slow");
        await gate.Entered;
        await controller.SuspendAsync().Guarded();
        Task<ShutdownReport> ending = controller.ShutdownAsync(ShutdownMode.Finish);

        gate.Open();

        Assert.Equal(PendingStatus.Cancelled, await pending.StatusAsync());
        Assert.Equal(1, (await ending.Guarded()).Cancelled);
        Assert.DoesNotContain("handler", journal.Entries);
    }

    private (IController Controller, Gate Gate, Journal<string> Journal) StartHolding()
    {
        Gate gate = NewGate();
        Journal<string> journal = new();
        IController controller = StartWith(
            context =>
                context.UseInbound(
                    async (session, next) =>
                    {
                        if (session.Value is "slow")
                        {
                            await gate.PassAsync();
                        }

                        await next(session);
                    }
                ),
            m =>
                m.Before(session =>
                    {
                        if (session.Event is "y")
                        {
                            journal.Add("before");
                        }
                    })
                    .On(
                        "y",
                        _ =>
                        {
                            journal.Add("handler");
                            return 1;
                        }
                    )
        );
        return (controller, gate, journal);
    }

    private IController StartWith(Action<IAdapterContext> adapter, Action<MappingBlueprint>? map = null) =>
        Start(
            m =>
            {
                m.On("x", _ => 1);
                map?.Invoke(m);
            },
            options => options.Adapters.Add(new DelegateAdapter(adapter))
        );
}
