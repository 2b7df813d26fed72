namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>P13: timers tick on the monotonic clock, one tick at a time.</summary>
public abstract class TimerContract : ContractBase
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly List<TimerTick> _ticks = [];

    protected TimerContract()
        : base(onKit: true) { }

    [Fact]
    public async Task Timer_EachInterval_Ticks()
    {
        StartTicking();

        await Time.AdvanceAsync(Second * 0.9);
        Assert.Empty(_ticks);
        await Time.AdvanceAsync(Second * 2.1);

        Assert.Equal([(1, 0), (2, 0), (3, 0)], _ticks.Select(tick => (tick.Number, tick.Missed)));
    }

    [Fact]
    public async Task Timer_BeforeRun_DoesNotTick()
    {
        TimerAdapter timer = null!;
        IController controller = CreateTicking(options => timer = options.AddTimer(Second));

        await Time.AdvanceAsync(Second * 5);
        Assert.True(controller.IsIdle);
        controller.Run();
        await TickAsync(1);

        Assert.Equal(1, _ticks[0].Number);
        Assert.Equal(0, timer.Missed);
    }

    [Fact]
    public async Task OverrunningHandler_HasOneTickQueuedAndCountsTheRest()
    {
        (IController controller, TimerAdapter timer) = StartTicking();
        Gate gate = await OccupyAsync(controller);

        await Time.AdvanceAsync(Second * 10);
        gate.Open();
        await TickAsync(1, advance: TimeSpan.Zero);
        Assert.Equal(9, timer.Missed);

        await TickAsync(2);
        Assert.Equal(9, _ticks[1].Missed);
    }

    [Fact]
    public async Task LongPause_OfTheProcess_DoesNotBurst()
    {
        StartTicking();
        await TickAsync(0, advance: TimeSpan.Zero);

        Time.Jump(Second * 1_000);
        await TickAsync(1, advance: TimeSpan.Zero);

        await TickAsync(2);
        await TickAsync(3);
    }

    [Fact]
    public async Task SuspendedController_KeepsItsTimer()
    {
        (IController controller, TimerAdapter _) = StartTicking();
        await TickAsync(1);
        await controller.SuspendAsync().Guarded();

        await TickAsync(1, advance: Second * 10);
        controller.Resume();
        await TickAsync(2, advance: TimeSpan.Zero);
        await TickAsync(3);
    }

    [Fact]
    public async Task StoppedTimer_ArmedAgain_Ticks()
    {
        (IController _, TimerAdapter timer) = StartTicking();
        await TickAsync(1);

        timer.SetTiming(null);
        await TickAsync(1, advance: Second * 5);
        timer.SetTiming(Second);
        await TickAsync(2);
        await TickAsync(3);

        Assert.Equal([1, 1, 2], _ticks.Select(tick => tick.Number));
    }

    [Fact]
    public async Task Interval_Changed_HoldsAtOnce()
    {
        (IController _, TimerAdapter timer) = StartTicking();

        timer.SetTiming(Second * 10);
        await TickAsync(0, advance: Second * 9);
        await TickAsync(1);
    }

    [Fact]
    public async Task TimerWithoutAnInterval_TicksOnceItIsSet()
    {
        TimerAdapter timer = null!;
        CreateTicking(options => timer = options.AddTimer(null)).Run();
        await TickAsync(0, advance: Second * 5);

        timer.SetTiming(Second);

        await TickAsync(1);
    }

    [Fact]
    public async Task TwoTimers_BothTick()
    {
        IController controller = CreateTicking(options =>
        {
            options.AddTimer(Second);
            options.AddTimer(Second * 2);
        });
        controller.Run();

        await TickAsync(3, advance: Second * 2);

        Assert.Equal([1, 1, 2], _ticks.Select(tick => tick.Number).Order());
    }

    [Fact]
    public async Task Timer_OfAStoppedController_RestsUntilItRunsAgain()
    {
        (IController controller, TimerAdapter _) = StartTicking();
        await TickAsync(1);
        await controller.ShutdownAsync().Guarded();

        await TickAsync(1, advance: Second * 5);
        controller.Run();
        await TickAsync(1, advance: TimeSpan.Zero);
        await TickAsync(2);
    }

    [Fact]
    public async Task Timer_OfASecondRun_BeginsWithoutTheMissesOfTheFirst()
    {
        (IController controller, TimerAdapter timer) = StartTicking();
        await controller.SuspendAsync().Guarded();
        await Time.AdvanceAsync(Second * 4);
        await controller.ShutdownAsync(ShutdownMode.Abort).Guarded();

        controller.Run();
        await TickAsync(1);

        Assert.Equal((1, 0), (_ticks[0].Number, _ticks[0].Missed));
        Assert.Equal(3, timer.Missed);
    }

    [Fact]
    public async Task TimingHandler_Failing_DoesNotStopTheTimer()
    {
        IController controller = CreateTicking(options => options.AddTimer(Second));
        controller.Mapping.Add(ControllerEvents.Timing, () => Throw(new TestFailureException()));
        controller.Run();

        await TickAsync(1);
        await TickAsync(2);
    }

    [Fact]
    public async Task FilterThatThrows_CostsItsTickOnly()
    {
        bool fail = true;
        TimerAdapter timer = StartFiltered(() => _ = fail ? throw new TestFailureException() : 0);

        await TickAsync(0);
        fail = false;
        await TickAsync(1);

        Assert.Equal((2, 1), (_ticks[0].Number, _ticks[0].Missed));
        Assert.Equal(1, timer.Missed);
    }

    [Fact]
    public async Task FilterThatBlocks_HoldsNobodyUpButItsTick()
    {
        using ManualResetEventSlim open = new();
        Journal<int> entered = new();
        TimerAdapter timer = StartFiltered(() =>
        {
            entered.Add(1);
            open.Wait(HangGuard.Limit);
        });

        Task blocked = Task.Run(() => Time.Advance(Second));
        await entered.WaitForAsync(1);
        await Task.Run(() => timer.SetTiming(Second * 2)).WaitAsync(HangGuard.Limit);
        open.Set();
        await blocked.WaitAsync(HangGuard.Limit);
        Assert.Single(_ticks);

        await TickAsync(2, advance: Second * 2);
    }

    [Fact]
    public void Interval_ThatMakesNoSense_IsRefusedWithTheValue()
    {
        (IController _, TimerAdapter timer) = StartTicking();

        Assert.Contains("00:00:00", Assert.ThrowsAny<ArgumentException>(() => timer.SetTiming(TimeSpan.Zero)).Message);
        Assert.ThrowsAny<ArgumentException>(() => timer.SetTiming(-Second));
    }

    private (IController Controller, TimerAdapter Timer) StartTicking()
    {
        TimerAdapter timer = null!;
        IController controller = CreateTicking(options => timer = options.AddTimer(Second));
        controller.Run();
        return (controller, timer);
    }

    private TimerAdapter StartFiltered(Action filter)
    {
        TimerAdapter timer = null!;
        CreateTicking(options =>
            {
                timer = options.AddTimer(Second);
                options.Adapters.Add(
                    new DelegateAdapter(context =>
                        context.UseOutbound(
                            (outbound, next) =>
                            {
                                filter();
                                return next(outbound);
                            }
                        )
                    )
                );
            })
            .Run();
        return timer;
    }

    private IController CreateTicking(Action<ControllerOptions> configure) =>
        CreateMapped(m => m.On(ControllerEvents.Timing, (_, tick) => _ticks.Add(tick)), configure);

    private async Task TickAsync(int count, TimeSpan? advance = null)
    {
        await Time.AdvanceAsync(advance ?? Second);
        Assert.Equal(count, _ticks.Count);
    }
}
