namespace EventDrivenActors.TestSupport.Contracts;

/// <content>Adapters that are notified of a suspension.</content>
public abstract partial class AdapterLifecycleContract
{
    [Fact]
    public async Task SuspendAsync_WaitsForAdaptersThatMustHearFromElsewhere()
    {
        Gate gate = NewGate();
        IController controller = Create(options =>
            options.Adapters.Add(
                new DelegateAdapter(context => context.Lifecycle.OnSuspended(_ => new ValueTask(gate.PassAsync())))
            )
        );
        controller.Run();

        Task suspending = controller.SuspendAsync();
        await gate.Entered;
        await MarkerAsync();
        Assert.False(suspending.IsCompleted);
        Assert.Equal(ControllerState.Suspended, controller.State);
        gate.Open();

        await suspending.Guarded();
    }

    [Fact]
    public async Task SuspendAsync_WhoseAdapterNeverConfirms_FailsInTimeAndStaysSuspended()
    {
        Gate gate = NewGate();
        IController controller = CreateMapped(
            m => m.On("x", _ => 1),
            options =>
                options.Adapters.Add(
                    new DelegateAdapter(context => context.Lifecycle.OnSuspended(_ => new ValueTask(gate.PassAsync())))
                )
        );
        controller.Run();

        Task suspending = controller.SuspendAsync();
        await gate.Entered;
        await Time.AdvanceAsync(TimeSpan.FromSeconds(15));

        TimeoutException late = await Assert.ThrowsAsync<TimeoutException>(() => suspending.Guarded());
        Assert.Contains("within 00:00:15", late.Message);
        Assert.Equal(ControllerState.Suspended, controller.State);
        controller.Resume();
        Assert.Equal([1], await controller.Dispatch("x").Guarded());
    }

    [Fact]
    public async Task OtherCallbacks_ThatFail_BreakNothing()
    {
        IController controller = CreateMapped(
            m => m.On("x", _ => 1),
            options =>
            {
                options.Adapters.Add(
                    new DelegateAdapter(context =>
                    {
                        context.Lifecycle.OnStarting(() => throw new TestFailureException());
                        context.Lifecycle.OnStarted(() => throw new TestFailureException());
                        context.Lifecycle.OnSuspended(() => throw new TestFailureException());
                        context.Lifecycle.OnResumed(() => throw new TestFailureException());
                        context.Lifecycle.OnStopped(() => throw new TestFailureException());
                    })
                );
                options.Adapters.Add(Noting("2"));
            }
        );

        controller.Run();
        Assert.Equal([1], await controller.Dispatch("x").Guarded());
        await controller.SuspendAsync().Guarded();
        controller.Resume();
        Assert.Equal([1], await controller.Dispatch("x").Guarded());
        Assert.True((await controller.ShutdownAsync().Guarded()).Ended);

        Assert.Equal(
            ["2 starting", "2 started", "2 suspended", "2 resumed", "2 stopping", "2 stopped"],
            _journal.Entries
        );
    }

    [Fact]
    public async Task EndOfTheActorSystem_ClosesAdapters()
    {
        IController controller = Create(options => options.Adapters.Add(Noting("1")));
        controller.Run();

        await Runtime.System.Terminate().Guarded();

        Assert.Equal(["1 stopping", "1 stopped"], (await _journal.WaitForAsync(4)).Skip(2));
    }

    [Fact]
    public async Task Fail_SettlesOpenEventsAndStaysFailedUntilRun()
    {
        TestFailureException reason = new();
        IControllerLifecycle lifecycle = null!;
        Exception? heard = null;
        IController controller = CreateMapped(
            m => m.On("x", _ => 1),
            options =>
                options.Adapters.Add(
                    new DelegateAdapter(context =>
                    {
                        lifecycle = context.Lifecycle;
                        context.Lifecycle.OnFaulted(cause => heard = cause);
                    })
                )
        );
        controller.Run();
        Gate gate = await OccupyAsync(controller);
        Pending queued = controller.Dispatch("x");

        lifecycle.Fail(reason, EventOutcome.ChildLost(new ChildLostException("The child is gone.")));

        Assert.Equal(PendingStatus.ChildLost, await queued.StatusAsync());
        gate.Open();
        await controller.WaitAsync().Guarded();
        Assert.Equal(ControllerState.Failed, controller.State);
        Assert.Same(reason, heard);
        Assert.Throws<ControllerClosedException>(() => controller.Dispatch("x"));

        controller.Run();
        Assert.Equal([1], await controller.Dispatch("x").Guarded());
    }

    private DelegateAdapter Noting(string name) =>
        new(context =>
        {
            context.Lifecycle.OnStarting(() => _journal.Add($"{name} starting"));
            context.Lifecycle.OnStarted(() => _journal.Add($"{name} started"));
            context.Lifecycle.OnSuspended(() => _journal.Add($"{name} suspended"));
            context.Lifecycle.OnResumed(() => _journal.Add($"{name} resumed"));
            context.Lifecycle.OnStopping(_ =>
            {
                _journal.Add($"{name} stopping");
                return ValueTask.CompletedTask;
            });
            context.Lifecycle.OnStopped(() => _journal.Add($"{name} stopped"));
        });
}
