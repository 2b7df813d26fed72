namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>
/// P13: every time option takes 100 ns to 10 years, or infinite, and no value is rounded to another one.
/// </summary>
public abstract class TimeOptionContract : ContractBase
{
    private static readonly TimeSpan Moment = TimeOption.Shortest;

    protected TimeOptionContract()
        : base(onKit: true) { }

    public static TheoryData<TimeSpan> Times =>
        [Moment, TimeSpan.FromMilliseconds(0.5), TimeSpan.FromDays(90), TimeOption.Longest];

    public static TheoryData<TimeSpan> Wrong =>
        [
            -Moment,
            TimeSpan.FromMilliseconds(-2),
            TimeSpan.FromDays(-90),
            TimeOption.Longest + Moment,
            TimeSpan.MaxValue,
            TimeSpan.MinValue,
        ];

    [Theory]
    [MemberData(nameof(Times))]
    public async Task EventTimeout_OfAnyTime_IsUpThenAndNotBefore(TimeSpan limit)
    {
        Gate gate = NewGate();
        IController controller = Start(
            m => m.On("slow", async _ => await gate.PassAsync()),
            options => options.EventTimeout = limit
        );
        Pending pending = controller.Dispatch("slow");
        await gate.Entered;

        await Time.AdvanceAsync(limit - Moment);
        Assert.Equal(PendingStatus.Running, pending.Status);
        await Time.AdvanceAsync(Moment);

        Assert.Equal(PendingStatus.TimedOut, pending.Status);
    }

    [Theory]
    [MemberData(nameof(Times))]
    public async Task TimeoutOfAnEvent_OfAnyTime_IsUpThenAndNotBefore(TimeSpan limit)
    {
        Gate gate = NewGate();
        IController controller = Start(m => m.On("slow", async _ => await gate.PassAsync()));
        Pending pending = controller.Dispatch("slow", options: new EventOptions { Timeout = limit });
        await gate.Entered;

        await Time.AdvanceAsync(limit - Moment);
        Assert.Equal(PendingStatus.Running, pending.Status);
        await Time.AdvanceAsync(Moment);

        Assert.Equal(PendingStatus.TimedOut, pending.Status);
    }

    [Fact]
    public async Task InfiniteTimeout_OfAnEvent_LiftsTheLimitOfItsController()
    {
        Gate gate = NewGate();
        IController controller = Start(
            m => m.On("slow", async _ => await gate.PassAsync()),
            options => options.EventTimeout = TimeSpan.FromSeconds(1)
        );
        Pending pending = controller.Dispatch("slow", options: new EventOptions { Timeout = Timeout.InfiniteTimeSpan });
        await gate.Entered;

        await Time.AdvanceAsync(TimeOption.Longest * 2);
        Assert.Equal(PendingStatus.Running, pending.Status);
        gate.Open();

        await pending.Guarded();
    }

    /// <summary>
    /// The farthest that the test moves the clock. If something repeats on the clock, as with a child, each repetition
    /// takes real time.
    /// </summary>
    protected virtual TimeSpan Farthest => TimeOption.Longest;

    [Theory]
    [MemberData(nameof(Times))]
    public async Task ShutdownDeadline_OfAnyTime_IsUpThenAndNotBefore(TimeSpan deadline)
    {
        deadline = deadline > Farthest ? Farthest : deadline;
        IController controller = Start(m => m.On("x", _ => 1));
        Gate gate = await OccupyAsync(controller);
        Pending queued = controller.Dispatch("x");
        Task<ShutdownReport> shutdown = controller.ShutdownAsync(ShutdownMode.Drain, deadline);

        await Time.AdvanceAsync(deadline - Moment);
        Assert.Equal(PendingStatus.Queued, queued.Status);
        await Time.AdvanceAsync(Moment);
        Assert.Equal(PendingStatus.Cancelled, await queued.StatusAsync());

        gate.Open();
        Assert.True((await Time.DriveAsync(shutdown)).Ended);
    }

    [Fact]
    public async Task ShutdownDeadline_Infinite_DrainsHoweverLongItTakes()
    {
        IController controller = Start(m => m.On("x", _ => 1));
        Gate gate = await OccupyAsync(controller);
        Pending queued = controller.Dispatch("x");
        Task<ShutdownReport> shutdown = controller.ShutdownAsync(ShutdownMode.Drain, Timeout.InfiniteTimeSpan);

        await Time.AdvanceAsync(TimeOption.Longest * 2);
        Assert.Equal(PendingStatus.Queued, queued.Status);
        gate.Open();

        Assert.True((await Time.DriveAsync(shutdown)).Ended);
        Assert.Equal([1], await queued.Guarded());
    }

    [Theory]
    [MemberData(nameof(Times))]
    public async Task WaitAsync_OfAnyTime_EndsThenAndNotBefore(TimeSpan limit)
    {
        IController controller = Start(_ => { });
        Gate gate = NewGate();
        Pending<int> pending = controller.Submit(async () =>
        {
            await gate.PassAsync();
            return 1;
        });
        await gate.Entered;
        Task<int> typed = pending.WaitAsync(limit);
        Task plain = ((Pending)pending).WaitAsync(limit);

        await Time.AdvanceAsync(limit - Moment);
        Assert.False(typed.IsCompleted || plain.IsCompleted);
        await Time.AdvanceAsync(Moment);

        Assert.Contains($"'{limit}'", (await Assert.ThrowsAsync<TimeoutException>(() => typed.Guarded())).Message);
        await Assert.ThrowsAsync<TimeoutException>(() => plain.Guarded());
        Assert.Equal(PendingStatus.Running, pending.Status);
        await Assert.ThrowsAsync<TimeoutException>(() => pending.WaitAsync(TimeSpan.Zero).Guarded());
        Task<int> endless = pending.WaitAsync(Timeout.InfiniteTimeSpan);
        gate.Open();
        Assert.Equal(1, await endless.Guarded());
        Assert.Equal(1, await pending.WaitAsync(limit).Guarded());
    }

    [Theory]
    [MemberData(nameof(Times))]
    public async Task Timer_OfAnyInterval_TicksThenAndNotBefore(TimeSpan interval)
    {
        Journal<long> ticks = new();
        TimerAdapter timer = null!;
        Start(
            m => m.On(ControllerEvents.Timing, (_, tick) => ticks.Add(tick.Number)),
            options =>
            {
                if (timer is null)
                {
                    timer = options.AddTimer(interval);
                }
            }
        );

        await Time.AdvanceAsync(interval - Moment);
        Assert.Empty(ticks.Entries);
        await Time.AdvanceAsync(Moment);
        await Time.AdvanceAsync(interval);
        Assert.Equal([1, 2], ticks.Entries);

        timer.SetTiming(Timeout.InfiniteTimeSpan);
        await Time.AdvanceAsync(interval);
        Assert.Equal(2, ticks.Count);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Time_OutOfTheRange_IsRefusedWhereItIsSet(TimeSpan wrong)
    {
        IController controller = Start(m => m.On("x", _ => 1));
        Pending<int> pending = controller.Submit(() => 1);
        TimerAdapter timer = new(TimeSpan.FromDays(90));
        void IsRefused(Action set) => Assert.Contains($"'{wrong}'", Assert.ThrowsAny<ArgumentException>(set).Message);

        IsRefused(() => Create(options => options.EventTimeout = wrong));
        IsRefused(() => _ = new EventOptions { Timeout = wrong });
        IsRefused(() => Create(options => options.AddTimer(wrong)));
        IsRefused(() => _ = new TimerAdapter(wrong));
        IsRefused(() => timer.SetTiming(wrong));
        IsRefused(() => _ = pending.WaitAsync(wrong));
        IsRefused(() => _ = ((Pending)pending).WaitAsync(wrong));
        IsRefused(() => _ = controller.ShutdownAsync(ShutdownMode.Drain, wrong));

        Assert.Equal(ControllerState.Running, controller.State);
        Assert.Equal(1, await pending.Guarded());
    }
}
