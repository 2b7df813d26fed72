namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>The life-cycle callbacks of adapters, and adapters that fail in them.</summary>
public abstract partial class AdapterLifecycleContract : ContractBase
{
    private readonly Journal<string> _journal = new();

    [Fact]
    public async Task TurningPoints_OfALife_ComeInOrderAndStoppingInReverse()
    {
        IController controller = CreateMapped(
            m => m.On("x", _ => _journal.Add("x")),
            options =>
            {
                options.Adapters.Add(Noting("1"));
                options.Adapters.Add(Noting("2"));
            }
        );
        Assert.Empty(_journal.Entries);

        controller.Run();
        Assert.Equal(["1 starting", "2 starting", "1 started", "2 started"], await _journal.WaitForAsync(4));
        await controller.Dispatch("x").Guarded();
        await controller.SuspendAsync().Guarded();
        controller.Resume();
        await _journal.WaitForAsync(9);
        await controller.ShutdownAsync().Guarded();

        Assert.Equal(
            [
                "x",
                "1 suspended",
                "2 suspended",
                "1 resumed",
                "2 resumed",
                "2 stopping",
                "1 stopping",
                "1 stopped",
                "2 stopped",
            ],
            _journal.Entries.Skip(4)
        );
    }

    [Fact]
    public async Task TurningPoints_OfASecondRun_ComeAgain()
    {
        IController controller = Create(options => options.Adapters.Add(Noting("1")));
        controller.Run();
        await controller.ShutdownAsync().Guarded();

        controller.Run();
        await controller.ShutdownAsync().Guarded();

        string[] life = ["1 starting", "1 started", "1 stopping", "1 stopped"];
        Assert.Equal([.. life, .. life], _journal.Entries);
    }

    [Fact]
    public async Task Started_WhereAShutdownMeetsTheStart_ComesBeforeStopping()
    {
        IController controller = null!;
        Task<ShutdownReport> shutdown = null!;
        controller = Create(options =>
        {
            options.Adapters.Add(
                new DelegateAdapter(context =>
                    context.Lifecycle.InPlace.OnStarted(() =>
                    {
                        shutdown = controller.ShutdownAsync(ShutdownMode.Abort);
                        for (int i = 0; i < 1000; i++)
                        {
                            // Gives the end of the run, on another thread, the time to overtake this start.
                            Thread.Yield();
                        }
                    })
                )
            );
            options.Adapters.Add(
                new DelegateAdapter(context =>
                {
                    context.Lifecycle.InPlace.OnStarted(() => _journal.Add("started"));
                    context.Lifecycle.OnStopping(_ =>
                    {
                        _journal.Add("stopping");
                        return default;
                    });
                })
            );
        });

        controller.Run();
        await shutdown.Guarded();

        Assert.Equal(["started", "stopping"], _journal.Entries);
    }

    [Fact]
    public async Task EventDispatchedWhileStarting_IsHandled()
    {
        IController controller = CreateMapped(
            m => m.On("x", _ => _journal.Add("x")),
            options =>
                options.Adapters.Add(
                    new DelegateAdapter(context => context.Lifecycle.OnStarting(() => context.Controller.Post("x")))
                )
        );

        controller.Run();

        Assert.Equal(["x"], await _journal.WaitForAsync(1));
    }

    [Fact]
    public async Task StoppingCallbacks_ThatFail_AreReportedAndTheOthersStillRun()
    {
        TestFailureException first = new();
        TestFailureException second = new();
        IController controller = Create(options =>
        {
            options.Adapters.Add(Noting("1"));
            options.Adapters.Add(new DelegateAdapter(context => context.Lifecycle.OnStopping(_ => throw first)));
            options.Adapters.Add(
                new DelegateAdapter(context =>
                    context.Lifecycle.OnStopping(async _ =>
                    {
                        await Task.Yield();
                        throw second;
                    })
                )
            );
        });
        controller.Run();

        ShutdownReport report = await controller.ShutdownAsync().Guarded();

        Assert.Equal([second, first], report.AdapterErrors);
        Assert.True(report.Ended);
        Assert.Equal(["1 stopping", "1 stopped"], _journal.Entries.Skip(2));
        Assert.Equal(ControllerState.Stopped, controller.State);
    }

    [Fact]
    public async Task StoppingCallback_ThatHangs_HasFiveSeconds()
    {
        Gate gate = NewGate();
        TaskCompletionSource<long> fired = new();
        IController controller = Create(options =>
        {
            options.Adapters.Add(Noting("1"));
            options.Adapters.Add(
                new DelegateAdapter(context =>
                    context.Lifecycle.OnStopping(async token =>
                    {
                        token.Register(() => fired.TrySetResult(Time.GetTimestamp()));
                        await gate.PassAsync();
                    })
                )
            );
        });
        controller.Run();
        Task<ShutdownReport> ending = controller.ShutdownAsync();
        await gate.Entered;
        long before = Time.GetTimestamp();

        // The test does not drive the clock here: it would move on during the next callback, which is quick.
        await Time.AdvanceAsync(TimeSpan.FromSeconds(5));
        ShutdownReport report = await ending.Guarded();

        Assert.Equal(TimeSpan.FromSeconds(4.5), Time.GetElapsedTime(before, await fired.Task.Guarded()));
        Assert.Contains("00:00:05", Assert.Single(report.AdapterErrors).Message);
        Assert.Equal(["1 stopping", "1 stopped"], _journal.Entries.Skip(2));
    }
}
