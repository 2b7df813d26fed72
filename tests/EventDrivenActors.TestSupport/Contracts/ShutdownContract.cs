namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>P8: ending by draining and by finishing, from anywhere.</summary>
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
        controller = Start(m => m.On("end", async _ => (await controller.ShutdownAsync()).Ended).On("x", _ => 1));
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
        controller = Start(m =>
            m.On(
                "x",
                async _ =>
                {
                    await gate.PassAsync();
                    controller.Post("y");
                }
            )
        );
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
        List<Pending>[] accepted =
        [
            [],
            [],
            [],
            [],
        ];
        Journal<int> busy = new();

        Task dispatching = Crowd.RunAsync(
            4,
            thread =>
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
            }
        );
        await busy.WaitForAsync(4);
        await controller.ShutdownAsync(mode).Guarded();
        await dispatching;

        PendingStatus[] allowed =
            mode == ShutdownMode.Drain ? [PendingStatus.Completed] : [PendingStatus.Completed, PendingStatus.Cancelled];
        Assert.All(accepted.SelectMany(pendings => pendings), pending => Assert.Contains(pending.Status, allowed));
    }
}
