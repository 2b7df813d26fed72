namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>P13: timers tick on the monotonic clock, one tick at a time.</summary>
public abstract class TimerContract : ContractBase
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly Journal<TimerTick> _ticks = new();
    private IController? _controller;

    [Fact]
    public async Task Timer_EachInterval_Ticks()
    {
        StartTicking();

        Time.Advance(Second * 0.9);
        await MarkerAsync();
        Assert.Empty(_ticks.Entries);
        Time.Advance(Second * 0.1);
        await TickAsync(1, advance: TimeSpan.Zero);
        await TickAsync(2);
        await TickAsync(3);

        Assert.Equal([1, 2, 3], _ticks.Entries.Select(tick => tick.Number));
        Assert.All(_ticks.Entries, tick => Assert.Equal(0, tick.Missed));
    }

    [Fact]
    public async Task Timer_BeforeRun_DoesNotTick()
    {
        TimerAdapter timer = null!;
        IController controller = CreateTicking(options => timer = options.AddTimer(Second));

        Time.Advance(Second * 5);
        Assert.True(controller.IsIdle);
        controller.Run();
        await TickAsync(1);

        Assert.Equal(1, _ticks.Entries[0].Number);
        Assert.Equal(0, timer.Missed);
    }

    [Fact]
    public async Task OverrunningHandler_HasOneTickQueuedAndCountsTheRest()
    {
        (IController controller, TimerAdapter timer) = StartTicking();
        Gate gate = await OccupyAsync(controller);

        for (int i = 0; i < 10; i++)
        {
            Time.Advance(Second);
        }

        gate.Open();
        await _ticks.WaitForAsync(1);
        await controller.WaitForIdleAsync().Guarded();
        Assert.Single(_ticks.Entries);
        Assert.Equal(9, timer.Missed);

        await TickAsync(2);
        Assert.Equal(9, _ticks.Entries[1].Missed);
    }

    [Fact]
    public async Task LongPause_OfTheProcess_DoesNotBurst()
    {
        (IController controller, TimerAdapter _) = StartTicking();

        Time.Jump(Second * 1_000);
        await _ticks.WaitForAsync(1);
        await controller.WaitForIdleAsync().Guarded();
        Assert.Single(_ticks.Entries);

        await TickAsync(2);
        await TickAsync(3);
    }

    [Fact]
    public async Task SuspendedController_KeepsItsTimer()
    {
        (IController controller, TimerAdapter _) = StartTicking();
        await TickAsync(1);
        await controller.SuspendAsync().Guarded();

        for (int i = 0; i < 10; i++)
        {
            Time.Advance(Second);
        }

        await MarkerAsync();
        Assert.Single(_ticks.Entries);
        controller.Resume();
        await controller.WaitForIdleAsync().Guarded();
        Assert.InRange(_ticks.Count, 1, 2);
        await TickAsync(_ticks.Count + 1);
    }

    [Fact]
    public async Task StoppedTimer_ArmedAgain_Ticks()
    {
        (IController controller, TimerAdapter timer) = StartTicking();
        await TickAsync(1);

        timer.SetTiming(null);
        Time.Advance(Second * 5);
        await controller.WaitForIdleAsync().Guarded();
        Assert.Single(_ticks.Entries);
        timer.SetTiming(Second);
        await TickAsync(2);
        await TickAsync(3);

        Assert.Equal([1, 1, 2], _ticks.Entries.Select(tick => tick.Number));
    }

    [Fact]
    public async Task Interval_Changed_HoldsAtOnce()
    {
        (IController controller, TimerAdapter timer) = StartTicking();

        timer.SetTiming(Second * 10);
        Time.Advance(Second * 9);
        await controller.WaitForIdleAsync().Guarded();
        Assert.Empty(_ticks.Entries);
        await TickAsync(1);
    }

    [Fact]
    public async Task TimerWithoutAnInterval_TicksOnceItIsSet()
    {
        TimerAdapter timer = null!;
        CreateTicking(options => timer = options.AddTimer(null)).Run();
        Time.Advance(Second * 5);

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

        Time.Advance(Second);
        await _ticks.WaitForAsync(1);
        await controller.WaitForIdleAsync().Guarded();
        Time.Advance(Second);
        await _ticks.WaitForAsync(3);
        await controller.WaitForIdleAsync().Guarded();

        Assert.Equal([1, 1, 2], _ticks.Entries.Select(tick => tick.Number).Order());
    }

    [Fact]
    public async Task Timer_OfAStoppedController_RestsUntilItRunsAgain()
    {
        (IController controller, TimerAdapter _) = StartTicking();
        await TickAsync(1);
        await controller.ShutdownAsync().Guarded();

        Time.Advance(Second * 5);
        controller.Run();
        await controller.WaitForIdleAsync().Guarded();
        Assert.Single(_ticks.Entries);

        await TickAsync(2);
    }

    [Fact]
    public async Task TimingHandler_Failing_DoesNotStopTheTimer()
    {
        IController controller = CreateTicking(options => options.AddTimer(Second));
        controller.Mapping.Add(ControllerEvents.Timing, () => Throw(new TestFailureException()));
        controller.Run();

        await TickAsync(1);
        await controller.WaitForIdleAsync().Guarded();
        await TickAsync(2);
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

    private IController CreateTicking(Action<ControllerOptions> configure) =>
        _controller = CreateMapped(m => m.On(ControllerEvents.Timing, (_, tick) => _ticks.Add(tick)), configure);

    private async Task TickAsync(int count, TimeSpan? advance = null)
    {
        Time.Advance(advance ?? Second);
        await _ticks.WaitForAsync(count);
        await _controller!.WaitForIdleAsync().Guarded();
        Assert.Equal(count, _ticks.Count);
    }
}
