namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>P8, second half: ending at once, deadlines, and the handlers that still run afterwards.</summary>
public abstract class AbortContract : ContractBase
{
    [Fact]
    public async Task Abort_FiresTheTokenAndSettlesTheRunningEventAtOnce()
    {
        IController controller = Start(m => m.On("x", (int n) => n));
        Gate gate = NewGate();
        Gate fired = NewGate();
        Pending[] running = await OccupyAllAsync(
            controller,
            session =>
            {
                session.CancellationToken.Register(() => fired.PassAsync());
                return gate.PassAsync();
            }
        );
        Pending queued = controller.Dispatch("x", 1);

        ShutdownReport report = await controller.ShutdownAsync(ShutdownMode.Abort).Guarded();

        await fired.Entered;
        Assert.All(running, pending => Assert.Equal(PendingStatus.Cancelled, pending.Status));
        Assert.Equal(PendingStatus.Cancelled, queued.Status);
        Assert.Equal((0, 1, Workers), (report.Completed, report.Cancelled, report.Abandoned));
        Assert.Equal(ControllerState.Stopped, controller.State);
    }

    [Fact]
    public async Task Abort_LeavesWhatTheHandlerKeepsToItsOwnRun()
    {
        IController controller = Start(m =>
            m.On("keeps", session => session.Items.Count).Before(session => session.Items.TryAdd("run", null))
        );
        Gate gate = NewGate();
        TaskCompletionSource written = new();
        _ = await OccupyAllAsync(
            controller,
            async session =>
            {
                await gate.PassAsync();
                session.Items["left behind"] = 1;
                written.TrySetResult();
            }
        );
        await controller.ShutdownAsync(ShutdownMode.Abort).Guarded();

        controller.Run();
        gate.Open();
        await written.Task.Guarded();

        Assert.Equal([1], await controller.Dispatch("keeps").Guarded());
    }

    [Fact]
    public async Task Abort_OfAHandlerThatBlocksItsThread_ReturnsAtOnce()
    {
        using ManualResetEventSlim released = new();
        Gate gate = NewGate();
        IController controller = Start(m => m.On("x", _ => 1));
        Pending blocked = controller.Submit(() =>
        {
            _ = gate.PassAsync();
            released.Wait(HangGuard.Limit);
        });
        await gate.Entered;

        ShutdownReport report = await controller.ShutdownAsync(ShutdownMode.Abort).Guarded();

        Assert.Equal(PendingStatus.Cancelled, blocked.Status);
        Assert.Equal(1, report.Abandoned);
        released.Set();
        controller.Run();
        Assert.Equal([1], await controller.Dispatch("x").Guarded());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AbandonedHandler_EndsBeforeTheEventsOfTheNextRunStart(bool endsBeforeRun)
    {
        IController controller = Start(m => m.On("x", _ => 1));
        Gate gate = await OccupyAsync(controller);
        await controller.ShutdownAsync(ShutdownMode.Abort).Guarded();
        if (endsBeforeRun)
        {
            gate.Open();
        }

        controller.Run();
        Pending next = controller.Dispatch("x");
        await MarkerAsync();
        Assert.True(endsBeforeRun || next.Status == PendingStatus.Queued);
        gate.Open();

        Assert.Equal([1], await next.Guarded());
        await controller.WaitForIdleAsync().Guarded();
    }

    [Fact]
    public async Task Deadline_OfADrainWithAStuckHandler_EndsItAnyway()
    {
        IController controller = Start(m => m.On("x", _ => 1));
        Gate gate = NewGate();
        TaskCompletionSource<long> fired = new();
        Pending[] stuck = await OccupyAllAsync(
            controller,
            session =>
            {
                session.CancellationToken.Register(() => fired.TrySetResult(Time.GetTimestamp()));
                return gate.PassAsync();
            }
        );
        Pending queued = controller.Dispatch("x");
        long before = Time.GetTimestamp();

        ShutdownReport report = await Time.DriveAsync(
            controller.ShutdownAsync(ShutdownMode.Drain, TimeSpan.FromSeconds(10))
        );

        // The child receives it over its link while the test drives the clock, to the end of the closing at the latest.
        Assert.InRange(
            Time.GetElapsedTime(before, await fired.Task.Guarded()),
            TimeSpan.FromSeconds(10),
            TimeSpan.FromSeconds(16)
        );
        Assert.All(stuck, pending => Assert.Equal(PendingStatus.Cancelled, pending.Status));
        Assert.Equal(PendingStatus.Cancelled, queued.Status);
        Assert.Equal(Workers, report.Abandoned);
        Assert.Equal(ControllerState.Stopped, controller.State);
    }

    /// <summary>The latest end of a shutdown with a deadline of a second.</summary>
    protected virtual TimeSpan LatestEnd => TimeSpan.FromSeconds(6);

    [Theory]
    [InlineData(ShutdownMode.Drain)]
    [InlineData(ShutdownMode.Finish)]
    public async Task Deadline_OfALaterCall_HoldsForHandlersThatAFinishWaitsFor(ShutdownMode later)
    {
        IController controller = Start(_ => { });
        Gate gate = NewGate();
        Pending[] stuck = await OccupyAllAsync(controller, _ => gate.PassAsync());
        Task<ShutdownReport> first = controller.ShutdownAsync(ShutdownMode.Finish, TimeSpan.FromHours(1));
        long before = Time.GetTimestamp();

        ShutdownReport report = await Time.DriveAsync(controller.ShutdownAsync(later, TimeSpan.FromSeconds(1)));

        Assert.InRange(Time.GetElapsedTime(before), TimeSpan.FromSeconds(1), LatestEnd);
        Assert.All(stuck, pending => Assert.Equal(PendingStatus.Cancelled, pending.Status));
        Assert.Equal(Workers, report.Abandoned);
        Assert.Equal(report, await first.Guarded());
    }

    [Fact]
    public async Task Deadline_NotReached_HastensNothing()
    {
        IController controller = Start(m => m.On("x", _ => 1));
        Gate gate = await OccupyAsync(controller);
        Pending queued = controller.Dispatch("x");
        Task<ShutdownReport> ending = controller.ShutdownAsync(ShutdownMode.Drain, TimeSpan.FromSeconds(10));

        Time.Advance(TimeSpan.FromSeconds(9));
        gate.Open();
        await ending.Guarded();

        Assert.Equal([1], await queued.Guarded());
    }

    [Fact]
    public async Task StricterMode_DuringADrain_HastensIt()
    {
        IController controller = Start(m => m.On("x", _ => 1));
        await OccupyAsync(controller);
        Pending queued = controller.Dispatch("x");
        Task<ShutdownReport> drain = controller.ShutdownAsync();

        ShutdownReport abort = await controller.ShutdownAsync(ShutdownMode.Abort).Guarded();

        Assert.Equal(abort, await drain.Guarded());
        Assert.Equal(PendingStatus.Cancelled, queued.Status);
    }
}
