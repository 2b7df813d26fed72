namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>P14, second half: events that take longer than allowed.</summary>
public abstract class TimeoutContract : ContractBase
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    protected TimeoutContract()
        : base(onKit: true) { }

    [Fact]
    public async Task Handler_BeyondTheLimit_TimesOutAndItsTokenFires()
    {
        Gate gate = NewGate();
        Gate fired = NewGate();
        IController controller = Start(
            m =>
                m.On(
                    "slow",
                    async session =>
                    {
                        session.CancellationToken.Register(() => fired.PassAsync());
                        await gate.PassAsync();
                    }
                ),
            options => options.EventTimeout = Limit
        );
        Pending pending = controller.Dispatch("slow");
        await gate.Entered;

        Time.Advance(Limit - TimeSpan.FromMilliseconds(1));
        Assert.Equal(PendingStatus.Running, pending.Status);
        await Time.DriveAsync(pending.SettledAsync());

        EventTimeoutException failure = await Assert.ThrowsAsync<EventTimeoutException>(() => pending.Guarded());
        Assert.Contains("'slow'", failure.Message);
        Assert.Contains($"'{controller.Name}", failure.Message);
        Assert.Equal(PendingStatus.TimedOut, pending.Status);
        await fired.Entered;
    }

    [Fact]
    public async Task NextEvent_AfterATimeout_StartsWhenTheHandlerHasReallyEnded()
    {
        Gate gate = NewGate();
        IController controller = Start(
            m => m.On("slow", async _ => await gate.PassAsync()).On("next", _ => 1),
            options => options.EventTimeout = Limit
        );
        await OccupyAsync(controller, Workers - 1);
        Pending slow = controller.Dispatch("slow");
        Pending next = controller.Dispatch("next");
        await gate.Entered;
        await Time.DriveAsync(slow.SettledAsync());
        Pending more = controller.Dispatch("next");

        if (Workers == 1)
        {
            await MarkerAsync();
            Assert.Equal(PendingStatus.Queued, next.Status);
        }

        gate.Open();
        Assert.Equal([1], await next.Guarded());
        Assert.Equal([1], await more.Guarded());
    }

    [Fact]
    public async Task TimedOutHandler_EndingLate_ChangesNothing()
    {
        Gate gate = NewGate();
        IController controller = Start(
            m =>
                m.On(
                    "slow",
                    async _ =>
                    {
                        await gate.PassAsync();
                        return 1;
                    }
                ),
            options => options.EventTimeout = Limit
        );
        Pending pending = controller.Dispatch("slow");
        await gate.Entered;
        await Time.DriveAsync(pending.SettledAsync());

        gate.Open();
        await controller.WaitForIdleAsync().Guarded();

        Assert.Equal(PendingStatus.TimedOut, pending.Status);
        await Assert.ThrowsAsync<EventTimeoutException>(() => pending.Guarded());
    }

    [Fact]
    public async Task EventTimeout_InItsOptions_WinsOverTheControllers()
    {
        Gate gate = NewGate();
        IController controller = Start(
            m => m.On("slow", async _ => await gate.PassAsync()),
            options => options.EventTimeout = Limit
        );
        Pending pending = controller.Dispatch("slow", options: new EventOptions { Timeout = TimeSpan.FromHours(1) });
        await gate.Entered;

        Time.Advance(TimeSpan.FromMinutes(59));
        await MarkerAsync();
        Assert.Equal(PendingStatus.Running, pending.Status);
        Time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(PendingStatus.TimedOut, await pending.StatusAsync());
    }

    [Fact]
    public async Task EventTimeout_WithoutAControllersLimit_Holds()
    {
        Gate gate = NewGate();
        IController controller = Start(_ => { });
        Pending pending = controller.Submit(() => gate.PassAsync(), options: new EventOptions { Timeout = Limit });
        await gate.Entered;

        await Time.DriveAsync(pending.SettledAsync());

        Assert.Equal(PendingStatus.TimedOut, pending.Status);
    }

    [Fact]
    public async Task TimeInTheQueue_DoesNotCount()
    {
        IController controller = Start(m =>
            m.On(
                "x",
                async _ =>
                {
                    await Task.Yield();
                    return 1;
                }
            )
        );
        Gate gate = await OccupyAsync(controller);
        Pending pending = controller.Dispatch("x", options: new EventOptions { Timeout = Limit });

        Time.Advance(Limit * 2);
        gate.Open();

        Assert.Equal([1], await pending.Guarded());
    }

    [Fact]
    public async Task HandlersInTime_LeaveNoTimeoutBehind()
    {
        IController controller = Start(
            m =>
                m.On(
                    "x",
                    async session =>
                    {
                        await Task.Yield();
                        return session.CancellationToken.IsCancellationRequested;
                    }
                ),
            options => options.EventTimeout = Limit
        );

        for (int i = 0; i < 100; i++)
        {
            Assert.Equal([false], await controller.Dispatch("x").Guarded());
            Time.Advance(Limit / 2);
        }
    }

    [Fact]
    public async Task HandlerThatObeysItsToken_AfterATimeout_IsStillTimedOut()
    {
        Gate gate = NewGate();
        IController controller = Start(
            m => m.On("slow", async session => await gate.PassAsync().WaitAsync(session.CancellationToken)),
            options => options.EventTimeout = Limit
        );
        Pending pending = controller.Dispatch("slow");
        await gate.Entered;

        await Time.DriveAsync(pending.SettledAsync());

        Assert.Equal(PendingStatus.TimedOut, pending.Status);
        await controller.WaitForIdleAsync().Guarded();
    }
}
