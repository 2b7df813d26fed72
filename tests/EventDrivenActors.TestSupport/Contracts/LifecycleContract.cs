namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>The life of a controller: created, run, ended, run again.</summary>
public abstract class LifecycleContract : ContractBase
{
    [Fact]
    public void NewController_IsCreatedIdleAndNotSuspended()
    {
        IController controller = Create();

        Assert.Equal(ControllerState.Created, controller.State);
        Assert.True(controller.IsIdle);
        Assert.Null(controller.Pool);
        controller.Run();
        Assert.Equal(ControllerState.Running, controller.State);
        controller.Run();
        Assert.Equal(ControllerState.Running, controller.State);
    }

    [Fact]
    public void Name_GivenOrNot_IsThere()
    {
        Assert.Equal("orders", Create(options => options.Name = "orders").Name);
        Assert.NotEqual(Create().Name, Create().Name);
    }

    [Fact]
    public void Names_OfTwoControllers_MayBeEqual()
    {
        IController first = Create(options => options.Name = "twin");
        IController second = Create(options => options.Name = "twin");

        first.Run();
        second.Run();

        Assert.Equal(ControllerState.Running, second.State);
    }

    [Fact]
    public async Task Name_WithAnyCharacters_Works()
    {
        IController controller = Start(m => m.On("x", _ => 1), options => options.Name = "orders / Übersee #1 $");

        Assert.Equal([1], await controller.Dispatch("x").Guarded());
    }

    [Fact]
    public void Options_ThatMakeNoSense_AreRefusedWithTheValue()
    {
        Assert.Throws<ArgumentException>(() => Create(options => options.Name = ""));
        Assert.Contains("'0'", Assert.Throws<ArgumentException>(() => Create(options => options.Capacity = 0)).Message);
        Assert.Contains(
            "'-1'",
            Assert.Throws<ArgumentException>(() => Create(options => options.HopLimit = -1)).Message
        );
        Assert.Contains(
            "'00:00:00'",
            Assert.ThrowsAny<ArgumentException>(() => Create(options => options.EventTimeout = TimeSpan.Zero)).Message
        );
    }

    [Fact]
    public async Task EventsBeforeTheFirstRun_WaitForIt()
    {
        IController controller = CreateMapped(m => m.On("x", _ => 1));
        Pending pending = controller.Dispatch("x");

        Assert.Equal(PendingStatus.Queued, pending.Status);
        Assert.False(controller.IsIdle);
        controller.Run();

        Assert.Equal([1], await pending.Guarded());
    }

    [Fact]
    public async Task Shutdown_BeforeTheFirstRun_CancelsWhatIsQueued()
    {
        IController controller = CreateMapped(m => m.On("x", _ => 1));
        Pending pending = controller.Dispatch("x");

        controller.Shutdown();
        await controller.WaitAsync().Guarded();

        Assert.Equal(PendingStatus.Cancelled, await pending.StatusAsync());
        Assert.Equal(ControllerState.Stopped, controller.State);
        controller.Run();
        Assert.Equal([1], await controller.Dispatch("x").Guarded());
    }

    [Fact]
    public async Task StoppedController_RefusesEvents_UntilItIsRunAgain()
    {
        IController controller = Start(m => m.On("x", _ => 1));
        await controller.ShutdownAsync().Guarded();

        ControllerClosedException failure = Assert.Throws<ControllerClosedException>(() => controller.Dispatch("x"));
        Assert.Contains($"'{controller.Name}'", failure.Message);
        Assert.Throws<ControllerClosedException>(() => controller.Post("x"));
        Assert.Throws<ControllerClosedException>(() => controller.PostMany("x", 1, 2));
        Assert.Throws<ControllerClosedException>(() =>
        {
            controller.Submit(() => 1);
        });
        await Assert.ThrowsAsync<ControllerClosedException>(() => controller.DispatchAsync("x").AsTask());

        controller.Run();
        Assert.Equal([1], await controller.Dispatch("x").Guarded());
    }

    [Fact]
    public async Task RunAndShutdown_ManyTimes_WorkEachTime()
    {
        IController controller = CreateMapped(m => m.On("x", (int n) => n));

        for (int i = 0; i < 20; i++)
        {
            controller.Run();
            Pending pending = controller.Dispatch("x", i);
            await controller.ShutdownAsync().Guarded();
            Assert.Equal([i], await pending.Guarded());
        }
    }

    [Fact]
    public async Task Run_AfterAShutdown_MakesANewActor()
    {
        IController controller = Start(_ => { });
        Akka.Actor.IActorRef first = controller.Ref;
        await controller.ShutdownAsync().Guarded();

        controller.Run();

        Assert.NotEqual(first, controller.Ref);
    }

    [Fact]
    public async Task Run_ByManyThreads_StartsOnce()
    {
        Journal<int> starts = new();
        IController controller = CreateMapped(
            m => m.On("x", _ => 1),
            options =>
                options.Adapters.Add(
                    new DelegateAdapter(context =>
                    {
                        context.Lifecycle.OnStarting(() => starts.Add(1));
                        context.Lifecycle.OnStarted(() => starts.Add(2));
                    })
                )
        );

        await Crowd.RunAsync(10, _ => controller.Run());

        Assert.Equal([1], await controller.Dispatch("x").Guarded());

        // Only the end of the run waits for the callback of the start.
        await controller.ShutdownAsync().Guarded();
        Assert.Equal([.. Enumerable.Repeat(1, Workers), .. Enumerable.Repeat(2, Workers)], starts.Entries.Order());
    }

    [Fact]
    public async Task WaitAsync_WithoutARun_CompletesAtOnce()
    {
        IController controller = Create();

        await controller.WaitAsync().Guarded();
        controller.Run();
        Task end = controller.WaitAsync();
        Assert.False(end.IsCompleted);
        await controller.ShutdownAsync().Guarded();

        await end.Guarded();
        await controller.WaitAsync().Guarded();
    }

    [Fact]
    public async Task WaitAsync_WithAToken_EndsWithIt()
    {
        using CancellationTokenSource source = new();
        IController controller = Start(_ => { });
        Task end = controller.WaitAsync(source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => end.Guarded());
        Assert.Equal(ControllerState.Running, controller.State);
    }

    [Fact]
    public async Task EndOfTheActorSystem_ClosesEveryEvent()
    {
        IController controller = Start(m => m.On("x", _ => 1));
        IController unstarted = CreateMapped(m => m.On("x", _ => 1));
        Gate gate = NewGate();
        Pending running = controller.Submit(() => gate.PassAsync());
        await gate.Entered;
        await OccupyAsync(controller, Workers - 1);
        Pending queued = controller.Dispatch("x");
        Pending waiting = unstarted.Dispatch("x");

        await Runtime.System.Terminate().Guarded();

        Assert.Equal(PendingStatus.Closed, await running.StatusAsync());
        Assert.Equal(PendingStatus.Closed, await queued.StatusAsync());
        await Assert.ThrowsAsync<ControllerClosedException>(() => queued.Guarded());
        Assert.Equal(PendingStatus.Closed, await waiting.StatusAsync());
        await controller.WaitAsync().Guarded();
        Assert.Equal(ControllerState.Stopped, controller.State);
        Assert.Throws<ControllerClosedException>(() => controller.Dispatch("x"));
    }

    [Fact]
    public async Task DisposedRuntime_EndsItsControllers()
    {
        IController controller = Start(m => m.On("x", _ => 1));
        Pending pending = controller.Dispatch("x");

        await Runtime.DisposeAsync().AsTask().Guarded();

        Assert.True(pending.IsSettled);
        Assert.Equal(ControllerState.Stopped, controller.State);
        Assert.Throws<ControllerClosedException>(() => controller.Dispatch("x"));
        await Runtime.DisposeAsync().AsTask().Guarded();
    }
}
