namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>
/// P8: a shutdown's report counts each event once, by its outcome; and an event that Clean counts never runs.
/// </summary>
public abstract class CountContract : ContractBase
{
    [Theory]
    [InlineData(ShutdownMode.Drain)]
    [InlineData(ShutdownMode.Finish)]
    [InlineData(ShutdownMode.Abort)]
    public async Task Report_OfDeferredEvents_CountsWhatTheyBecame(ShutdownMode mode)
    {
        Journal<DeferredEvent> deferred = new();
        IController controller = Start(
            m => m.On("e", _ => 0),
            options =>
                options.Adapters.Add(
                    new DelegateAdapter(context =>
                        context.UseInbound(
                            (session, _) =>
                            {
                                deferred.Add(session.Defer());
                                return default;
                            }
                        )
                    )
                )
        );
        Pending[] pendings = [.. Enumerable.Range(0, 3).Select(_ => controller.Dispatch("e"))];
        IReadOnlyList<DeferredEvent> open = await deferred.WaitForAsync(3);

        Task<ShutdownReport> ending = controller.ShutdownAsync(mode);
        if (mode != ShutdownMode.Abort)
        {
            open[0].Settle(EventOutcome.Completed([1]));
            open[1].Settle(EventOutcome.Faulted(new TestFailureException()));
            open[2].Settle(EventOutcome.Cancelled);
        }

        ShutdownReport report = await ending.Guarded();

        AssertCounts(mode == ShutdownMode.Abort ? (0, 0, 3, 0) : (1, 1, 1, 0), report);
        Assert.All(pendings, pending => Assert.True(pending.IsSettled));
        _ = pendings[1].Exception;
    }

    [Fact]
    public async Task Report_OfADrain_TellsFailedCompletedSkippedAndCancelledApart()
    {
        IController controller = Start(m =>
            m.Before(session =>
                {
                    if (session.Event is "skipped")
                    {
                        session.Skip();
                    }
                })
                .On("skipped", _ => 0)
                .On("good", _ => 0)
                .On(ControllerEvents.Error, _ => { })
                .On(ControllerEvents.Shutdown, _ => { })
                .On("bad", _ => Throw(new TestFailureException()))
        );
        Gate gate = await OccupyAsync(controller);
        foreach (string key in (string[])["good", "good", "bad", "skipped", "unhandled"])
        {
            _ = controller.Dispatch(key).Exception;
            controller.Post(key);
        }

        controller.Dispatch("good").Cancel();
        Pending late = controller.Dispatch("good");

        Task<ShutdownReport> ending = controller.ShutdownAsync();
        late.Cancel();
        gate.Open();

        AssertCounts((Workers + 8, 2, 1, 0), await ending.Guarded());
    }

    [Fact]
    public async Task Report_OfTimedOutEvents_CountsThemAsFailed()
    {
        IController controller = Start(
            m => m.On("x", _ => 0),
            options => options.EventTimeout = TimeSpan.FromSeconds(1)
        );
        Gate gate = NewGate();
        Pending[] slow = await OccupyAllAsync(controller, _ => gate.PassAsync());
        Task<ShutdownReport> ending = controller.ShutdownAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        foreach (Pending pending in slow)
        {
            Assert.Equal(PendingStatus.TimedOut, await pending.StatusAsync());
        }

        gate.Open();

        AssertCounts((0, Workers, 0, 0), await ending.Guarded());
    }

    [Fact]
    public async Task Report_OfAnAbort_CountsTheRunningOnesAsAbandonedAlone()
    {
        IController controller = Start(m => m.On("x", _ => 0));
        await OccupyAllAsync(controller, session => Task.Delay(Timeout.Infinite, session.CancellationToken));
        controller.PostMany("x", 1, 2);
        _ = controller.Dispatch("x");

        ShutdownReport report = await controller.ShutdownAsync(ShutdownMode.Abort).Guarded();
        AssertCounts((0, 0, 3, Workers), report);

        // Handlers that outlived an abort belong to no later run.
        controller.Run();
        await controller.Dispatch("x").Guarded();
        await controller.WaitForIdleAsync().Guarded();
        AssertCounts((0, 0, 0, 0), await controller.ShutdownAsync().Guarded());
    }

    [Fact]
    public async Task Report_OfAVetoedDrain_CountsWhatEndedMeanwhile()
    {
        IController controller = Start(m => m.On("x", _ => 0).On(ControllerEvents.Shutdown, session => session.Skip()));
        Gate gate = await OccupyAsync(controller);
        controller.Post("x");
        Task<ShutdownReport> ending = controller.ShutdownAsync();
        gate.Open();

        ShutdownReport report = await ending.Guarded();

        Assert.True(report.Vetoed);
        AssertCounts((Workers + 1, 0, 0, 0), report);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Report_OfAnyEvents_AddsUpToWhatWasAccepted(int seed)
    {
        Random random = new(seed);
        IController controller = Start(m =>
            m.On("good", _ => 0)
                .On("later", async _ => await Task.Yield())
                .On("bad", _ => Throw(new TestFailureException()))
                .On(ControllerEvents.Error, _ => { })
        );
        Gate gate = await OccupyAsync(controller);
        string[] keys = ["good", "later", "bad", "unhandled"];
        List<Pending> pendings = [];
        long posts = 0;
        for (int i = 0; i < 200; i++)
        {
            string key = keys[random.Next(keys.Length)];
            if (random.Next(2) == 0)
            {
                controller.Post(key);
                posts++;
            }
            else
            {
                pendings.Add(controller.Dispatch(key));
            }
        }

        ShutdownMode mode = (ShutdownMode)random.Next(3);
        Task<ShutdownReport> ending = controller.ShutdownAsync(mode);
        foreach (Pending pending in pendings.Where(_ => random.Next(4) == 0))
        {
            pending.Cancel();
        }

        gate.Open();
        ShutdownReport report = await ending.Guarded();

        Assert.Equal(
            Workers + posts + pendings.Count,
            report.Completed + report.Failed + report.Cancelled + report.Abandoned
        );
        Assert.Equal(
            pendings.Count(pending => pending.Exception is not null) > 0,
            pendings.Exists(pending => pending.Status == PendingStatus.Faulted)
        );
    }

    [Fact]
    public async Task Clean_WhileEventsArePosted_CountsExactlyWhatNeverRuns()
    {
        const int Events = 60_000;
        long ran = 0;
        long cleaned = 0;
        IController controller = Start(m =>
            m.On(
                "e",
                _ =>
                {
                    Interlocked.Increment(ref ran);
                }
            )
        );
        bool posted = false;
        List<Pending> pendings = [];

        await Crowd.RunAsync(
            2,
            thread =>
            {
                if (thread == 0)
                {
                    for (int i = 0; i < Events; i++)
                    {
                        if (i % 8 == 0)
                        {
                            pendings.Add(controller.Dispatch("e"));
                        }
                        else
                        {
                            controller.Post("e");
                        }
                    }

                    Volatile.Write(ref posted, true);
                    return;
                }

                while (!Volatile.Read(ref posted))
                {
                    cleaned += controller.Clean();
                    Thread.Yield();
                }
            }
        );
        await controller.WaitForIdleAsync().Guarded();

        Assert.Equal(Events, ran + cleaned);
        Assert.Equal(
            pendings.Count,
            pendings.Count(pending => pending.Status is PendingStatus.Completed or PendingStatus.Cancelled)
        );
    }

    [Fact]
    public async Task Clean_OfACancelledEvent_CountsItNotAgain()
    {
        IController controller = Start(m => m.On("x", _ => 0));
        Gate gate = await OccupyAsync(controller);
        controller.Dispatch("x").Cancel();
        controller.PostMany("x", 1, 2);
        _ = controller.Dispatch("x");

        Assert.Equal(3, controller.Clean());
        Assert.Equal(0, controller.Clean());
        controller.Post("x");
        Assert.Equal(1, controller.Clean());
        gate.Open();
        await controller.WaitForIdleAsync().Guarded();
    }

    private static void AssertCounts(
        (long Completed, long Failed, long Cancelled, long Abandoned) expected,
        ShutdownReport report
    ) => Assert.Equal(expected, (report.Completed, report.Failed, report.Cancelled, report.Abandoned));
}
