namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>P8: the three ways to end, their report, and their deadline.</summary>
public abstract class ShutdownContract : ContractBase
{
    [Fact]
    public async Task Drain_RunsAllThatWasAccepted()
    {
        IController controller = Start(m => m.On("x", (int n) => n));
        Gate gate = await OccupyAsync(controller);
        Pending[] queued = [.. Enumerable.Range(0, 10).Select(n => controller.Dispatch("x", n))];

        Task<ShutdownReport> ending = controller.ShutdownAsync();
        Assert.Equal(ControllerState.Stopping, controller.State);
        Assert.Throws<ControllerClosedException>(() => controller.Dispatch("x", 0));
        Assert.False(ending.IsCompleted);
        gate.Open();
        ShutdownReport report = await ending.Guarded();

        for (int n = 0; n < queued.Length; n++)
        {
            Assert.True(queued[n].IsSettled);
            Assert.Equal([n], await queued[n].Guarded());
        }

        Assert.Equal((10 + Workers, 0, 0), (report.Completed, report.Cancelled, report.Abandoned));
        Assert.True(report.Ended);
        Assert.Equal(ControllerState.Stopped, controller.State);
    }

    [Fact]
    public async Task Finish_LetsTheRunningHandlerEndAndCancelsTheQueue()
    {
        IController controller = Start(m => m.On("x", (int n) => n));
        Gate gate = NewGate();
        Pending[] running = await OccupyAllAsync(controller, _ => gate.PassAsync());
        Pending[] queued = [.. Enumerable.Range(0, 10).Select(n => controller.Dispatch("x", n))];

        Task<ShutdownReport> ending = controller.ShutdownAsync(ShutdownMode.Finish);
        foreach (Pending pending in queued)
        {
            Assert.Equal(PendingStatus.Cancelled, await pending.StatusAsync());
        }

        Assert.False(ending.IsCompleted);
        gate.Open();
        ShutdownReport report = await ending.Guarded();

        Assert.All(running, pending => Assert.Equal(PendingStatus.Completed, pending.Status));
        Assert.Equal((Workers, 10, 0), (report.Completed, report.Cancelled, report.Abandoned));
    }

    [Fact]
    public async Task Abort_FiresTheTokenAndSettlesTheRunningEventAtOnce()
    {
        IController controller = Start(m => m.On("x", (int n) => n));
        Gate gate = NewGate();
        Gate fired = NewGate();
        Pending[] running = await OccupyAllAsync(controller, session =>
        {
            session.CancellationToken.Register(() => fired.PassAsync());
            return gate.PassAsync();
        });
        Pending queued = controller.Dispatch("x", 1);

        ShutdownReport report = await controller.ShutdownAsync(ShutdownMode.Abort).Guarded();

        await fired.Entered;
        Assert.All(running, pending => Assert.Equal(PendingStatus.Cancelled, pending.Status));
        Assert.Equal(PendingStatus.Cancelled, queued.Status);
        Assert.Equal((0, 1, Workers), (report.Completed, report.Cancelled, report.Abandoned));
        Assert.Equal(ControllerState.Stopped, controller.State);
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

    [Fact]
    public async Task Deadline_OfADrainWithAStuckHandler_EndsItAnyway()
    {
        IController controller = Start(m => m.On("x", _ => 1));
        Gate gate = NewGate();
        Pending[] stuck = await OccupyAllAsync(controller, _ => gate.PassAsync());
        Pending queued = controller.Dispatch("x");
        long before = Time.GetTimestamp();

        ShutdownReport report = await Time.DriveAsync(controller.ShutdownAsync(ShutdownMode.Drain, TimeSpan.FromSeconds(10)));

        Assert.InRange(Time.GetElapsedTime(before), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(15));
        Assert.All(stuck, pending => Assert.Equal(PendingStatus.Cancelled, pending.Status));
        Assert.Equal(PendingStatus.Cancelled, queued.Status);
        Assert.Equal(Workers, report.Abandoned);
        Assert.Equal(ControllerState.Stopped, controller.State);
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

    [Fact]
    public async Task Shutdown_ByManyThreads_IsOne()
    {
        Journal<int> shutdowns = new();
        IController controller = Start(m => m.On(ControllerEvents.Shutdown, _ => shutdowns.Add(1)));
        Task[] ends = new Task[10];

        await Crowd.RunAsync(10, thread => ends[thread] = controller.ShutdownAsync());
        await Task.WhenAll(ends).Guarded();

        Assert.Single(shutdowns.Entries);
        Assert.Equal(ControllerState.Stopped, controller.State);
    }

    [Fact]
    public async Task ShutdownTwice_ThenRun_StaysUp()
    {
        IController controller = Start(m => m.On("x", _ => 1));
        controller.Shutdown();
        controller.Shutdown();
        await controller.WaitAsync().Guarded();
        await controller.ShutdownAsync().Guarded();

        controller.Run();

        for (int i = 0; i < 10; i++)
        {
            Assert.Equal([1], await controller.Dispatch("x").Guarded());
        }

        Assert.Equal(ControllerState.Running, controller.State);
    }

    [Fact]
    public async Task Shutdown_WithoutWaiting_RunsBehindWhatIsQueued()
    {
        IController controller = Start(m => m.On("x", _ => 1));
        Gate gate = await OccupyAsync(controller);
        Pending queued = controller.Dispatch("x");

        controller.Shutdown();
        gate.Open();
        await controller.WaitAsync().Guarded();

        Assert.Equal([1], await queued.Guarded());
        Assert.Equal(ControllerState.Stopped, controller.State);
    }

    [Fact]
    public async Task ShutdownEvent_Dispatched_AsksForTheEnd()
    {
        IController controller = Start(m => m.On("x", _ => 1));
        Pending queued = controller.Dispatch("x");

        _ = controller.Dispatch(ControllerEvents.Shutdown);
        await controller.WaitAsync().Guarded();

        Assert.Equal([1], await queued.Guarded());
        Assert.Equal(ControllerState.Stopped, controller.State);
    }

    [Fact]
    public async Task ShutdownAsync_InsideAHandler_ReturnsAtOnceAndEndsAfterIt()
    {
        IController controller = null!;
        controller = Start(m => m
            .On("end", async _ => (await controller.ShutdownAsync()).Ended)
            .On("x", _ => 1));
        Gate gate = await OccupyAsync(controller);
        Pending end = controller.Dispatch("end");
        Pending queued = controller.Dispatch("x");
        gate.Open();

        Assert.Equal([false], await end.Guarded());
        await controller.WaitAsync().Guarded();

        Assert.Equal([1], await queued.Guarded());
        Assert.Equal(ControllerState.Stopped, controller.State);
    }

    [Fact]
    public async Task Dispatch_InAHandlerOfADrainingController_IsRefused()
    {
        IController controller = null!;
        Gate gate = NewGate();
        controller = Start(m => m.On("x", async _ =>
        {
            await gate.PassAsync();
            controller.Post("y");
        }));
        Pending pending = controller.Dispatch("x");
        await gate.Entered;

        Task ending = controller.ShutdownAsync();
        gate.Open();

        await Assert.ThrowsAsync<ControllerClosedException>(() => pending.Guarded());
        await ending.Guarded();
    }

    [Theory]
    [InlineData(ShutdownMode.Drain)]
    [InlineData(ShutdownMode.Finish)]
    [InlineData(ShutdownMode.Abort)]
    public async Task Shutdown_WhileThreadsDispatch_LeavesNothingOpen(ShutdownMode mode)
    {
        IController controller = Start(m => m.On("x", _ => 1));
        List<Pending>[] accepted = [[], [], [], []];
        Journal<int> busy = new();

        Task dispatching = Crowd.RunAsync(4, thread =>
        {
            try
            {
                for (int i = 0; ; i++)
                {
                    accepted[thread].Add(controller.Dispatch("x"));
                    if (i == 100)
                    {
                        busy.Add(thread);
                    }
                }
            }
            catch (ControllerClosedException)
            {
                busy.Add(thread);
            }
        });
        await busy.WaitForAsync(4);
        await controller.ShutdownAsync(mode).Guarded();
        await dispatching;

        PendingStatus[] allowed = mode == ShutdownMode.Drain ? [PendingStatus.Completed] : [PendingStatus.Completed, PendingStatus.Cancelled];
        Assert.All(accepted.SelectMany(pendings => pendings), pending => Assert.Contains(pending.Status, allowed));
    }

    /// <summary>Occupies every worker with a function of the session.</summary>
    private async Task<Pending[]> OccupyAllAsync(IController controller, Func<Session, Task> body)
    {
        Journal<int> arrived = new();
        Pending[] running = [.. Enumerable.Range(0, Workers).Select(_ => controller.Submit(session =>
        {
            arrived.Add(0);
            return body(session);
        }))];
        await arrived.WaitForAsync(Workers);
        return running;
    }
}
