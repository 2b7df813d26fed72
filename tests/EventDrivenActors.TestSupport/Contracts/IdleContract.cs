namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>P10: waiting for idleness, and for what is queued to be taken.</summary>
public abstract class IdleContract : ContractBase
{
    [Fact]
    public async Task WaitForIdle_RightAfterADispatch_WaitsForItsHandler()
    {
        int handled = 0;
        IController controller = Start(m =>
            m.On(
                "x",
                async _ =>
                {
                    await Task.Yield();
                    Interlocked.Increment(ref handled);
                }
            )
        );

        for (int i = 1; i <= 500; i++)
        {
            controller.Post("x");
            await controller.WaitForIdleAsync().Guarded();
            Assert.Equal(i, handled);
            Assert.True(controller.IsIdle);
        }
    }

    /// <summary>The loop of a suspended controller does not run, so it cannot see that nothing is left.</summary>
    [Fact]
    public async Task WaitForIdle_OfASuspendedController_EndsWhenADeadlineCancelsWhatIsQueued()
    {
        TaskCompletionSource closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        IController controller = Create(options =>
            options.Adapters.Add(
                new DelegateAdapter(context => context.Lifecycle.OnStopping(async _ => await closing.Task))
            )
        );
        controller.Run();
        await controller.SuspendAsync().Guarded();
        Pending queued = controller.Dispatch("x");
        Task idle = controller.WaitForIdleAsync();

        Task<ShutdownReport> ending = controller.ShutdownAsync(ShutdownMode.Drain, TimeSpan.FromSeconds(1));
        await Time.AdvanceAsync(TimeSpan.FromSeconds(1));

        await idle.Guarded();
        Assert.Equal(PendingStatus.Cancelled, await queued.StatusAsync());
        closing.SetResult();
        await ending.Guarded();
    }

    /// <summary>
    /// An event that an abort has settled may be in flight elsewhere for a while. Only its late outcome tells that it
    /// no longer is.
    /// </summary>
    [Fact]
    public async Task WaitForIdle_OfAnAbortedController_EndsWhenWhatWasInFlightHasItsOutcome()
    {
        TaskCompletionSource closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Journal<DeferredEvent> deferred = new();
        SilentSource source = new();
        IController controller = Create(options =>
            options.Adapters.Add(
                new DelegateAdapter(context =>
                {
                    context.UseIdleSource(source);
                    context.UseInbound(
                        (session, _) =>
                        {
                            deferred.Add(session.Defer());
                            return default;
                        }
                    );
                    context.Lifecycle.OnStopping(async _ => await closing.Task);
                })
            )
        );
        controller.Run();
        Pending pending = controller.Dispatch("x");
        DeferredEvent inFlight = (await deferred.WaitForAsync(1))[0];
        Task idle = controller.WaitForIdleAsync();
        Task<ShutdownReport> ending = controller.ShutdownAsync(ShutdownMode.Abort);
        Assert.Equal(PendingStatus.Cancelled, await pending.StatusAsync());
        Assert.False(idle.IsCompleted);

        source.IsIdle = true;
        Assert.False(inFlight.Settle(EventOutcome.Completed([])));

        await idle.Guarded();
        Assert.False(ending.IsCompleted);
        closing.SetResult();
        await ending.Guarded();
    }

    [Fact]
    public async Task WaitForIdle_WithEventsThatRaiseEvents_WaitsForTheLast()
    {
        int handled = 0;
        IController controller = null!;
        controller = Start(m =>
            m.On(
                "x",
                (int n) =>
                {
                    handled++;
                    if (n > 0)
                    {
                        controller.Post("x", n - 1);
                    }
                }
            )
        );

        controller.Post("x", 100);
        await controller.WaitForIdleAsync().Guarded();

        Assert.Equal(101, handled);
    }

    [Fact]
    public async Task IsIdle_WhileAHandlerRuns_IsFalse()
    {
        IController controller = Start(_ => { });
        Gate gate = await OccupyAsync(controller, 1);

        Assert.False(controller.IsIdle);
        Task idle = controller.WaitForIdleAsync();
        await MarkerAsync();
        Assert.False(idle.IsCompleted);

        gate.Open();
        await idle.Guarded();
        Assert.True(controller.IsIdle);
    }

    [Fact]
    public async Task WaitForIdle_OfANewController_CompletesAtOnceOrWithTheRun()
    {
        IController controller = CreateMapped(m => m.On("x", _ => 1));
        await controller.WaitForIdleAsync().Guarded();
        await controller.PendingAsync().Guarded();

        Pending pending = controller.Dispatch("x");
        Task idle = controller.WaitForIdleAsync();
        Assert.False(idle.IsCompleted);
        controller.Run();

        await idle.Guarded();
        Assert.True(pending.IsSettled);
    }

    [Fact]
    public async Task WaitForIdle_WithAToken_EndsWithItAndLeavesTheEventsAlone()
    {
        using CancellationTokenSource source = new();
        IController controller = Start(m => m.On("x", _ => 1));
        Gate gate = await OccupyAsync(controller);
        Pending pending = controller.Dispatch("x");
        Task idle = controller.WaitForIdleAsync(source.Token);
        Task taken = controller.PendingAsync(source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => idle.Guarded());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taken.Guarded());
        gate.Open();
        Assert.Equal([1], await pending.Guarded());
    }

    [Fact]
    public async Task WaitForIdle_OfASuspendedController_WaitsForItsQueue()
    {
        IController controller = Start(m => m.On("x", _ => 1));
        await controller.SuspendAsync().Guarded();
        Pending pending = controller.Dispatch("x");

        Task idle = controller.WaitForIdleAsync();
        await MarkerAsync();
        Assert.False(idle.IsCompleted);
        controller.Resume();

        await idle.Guarded();
        Assert.True(pending.IsSettled);
    }

    [Theory]
    [InlineData(ShutdownMode.Drain)]
    [InlineData(ShutdownMode.Finish)]
    [InlineData(ShutdownMode.Abort)]
    public async Task Waits_WhenTheControllerEnds_EndToo(ShutdownMode mode)
    {
        IController controller = Start(m => m.On("x", _ => 1));
        Gate gate = await OccupyAsync(controller);
        _ = controller.Dispatch("x");
        Task idle = controller.WaitForIdleAsync();
        Task taken = controller.PendingAsync();

        Task ending = controller.ShutdownAsync(mode);
        gate.Open();
        await ending.Guarded();

        await Task.WhenAll(Swallow(idle), Swallow(taken)).Guarded();
        await controller.WaitForIdleAsync().Guarded();
        await controller.PendingAsync().Guarded();
    }

    [Fact]
    public async Task PendingAsync_AfterClean_Completes()
    {
        IController controller = Start(m => m.On("x", _ => 1));
        Gate gate = await OccupyAsync(controller);
        _ = controller.Dispatch("x");
        Task before = controller.PendingAsync();
        controller.Clean();

        await before.Guarded();
        await controller.PendingAsync().Guarded();
        gate.Open();
        await controller.WaitForIdleAsync().Guarded();
    }

    [Fact]
    public async Task PendingAsync_AgainstDispatchers_BlocksNobody()
    {
        IController controller = Start(m => m.On("x", _ => 1));
        Task load = Crowd.RunAsync(
            4,
            _ =>
            {
                for (int i = 0; i < 5_000; i++)
                {
                    controller.Post("x");
                }
            }
        );

        while (!load.IsCompleted)
        {
            Pending before = controller.Dispatch("x");
            await controller.PendingAsync().Guarded();
            Assert.NotEqual(PendingStatus.Queued, before.Status);
        }

        await load;
        await controller.WaitForIdleAsync().Guarded();
    }

    [Fact]
    public async Task PendingAsync_WaitsForWhatIsQueuedNowAndNotForMore()
    {
        IController controller = Start(_ => { });
        Gate first = await OccupyAsync(controller);
        Gate second = NewGate();
        Pending queued = controller.Submit(() => second.PassAsync());
        Task taken = controller.PendingAsync();
        for (int i = 0; i < Workers; i++)
        {
            _ = controller.Submit(() => second.PassAsync());
        }

        Assert.False(taken.IsCompleted);
        first.Open();
        await taken.Guarded();

        Assert.Equal(PendingStatus.Running, queued.Status);
        Assert.False(controller.IsIdle);
        second.Open();
        await controller.WaitForIdleAsync().Guarded();
    }

    private static Task Swallow(Task task) => task.ContinueWith(_ => { }, TaskScheduler.Default);

    /// <summary>Answers when the loop asks, and never raises its event.</summary>
    private sealed class SilentSource : IIdleSource
    {
        public event Action? BecameIdle
        {
            add { }
            remove { }
        }

        public bool IsIdle { get; set; }
    }
}
