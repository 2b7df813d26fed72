namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>The handlers of the shutdown event: they run before the end, may veto it, and cannot break it.</summary>
public abstract class ShutdownVetoContract : ContractBase
{
    [Fact]
    public async Task ShutdownHandler_OfADrain_RunsOnceBehindTheQueue()
    {
        Journal<string> journal = new();
        IController controller = Start(m =>
            m.On("x", _ => journal.Add("x")).On(ControllerEvents.Shutdown, _ => journal.Add("shutdown"))
        );
        Gate gate = await OccupyAsync(controller);
        _ = controller.Dispatch("x");

        Task ending = controller.ShutdownAsync();
        gate.Open();
        await ending.Guarded();

        Assert.Equal(["x", "shutdown"], journal.Entries);
    }

    [Fact]
    public async Task Skip_InAShutdownHandler_VetoesTheDrain()
    {
        bool veto = true;
        IController controller = Start(m =>
            m.On("x", _ => 1)
                .On(
                    ControllerEvents.Shutdown,
                    session =>
                    {
                        if (veto)
                        {
                            session.Skip();
                        }
                    }
                )
        );

        ShutdownReport vetoed = await controller.ShutdownAsync().Guarded();

        Assert.True(vetoed.Vetoed);
        Assert.False(vetoed.Ended);
        Assert.Equal(ControllerState.Running, controller.State);
        Assert.Equal([1], await controller.Dispatch("x").Guarded());

        veto = false;
        ShutdownReport ended = await controller.ShutdownAsync().Guarded();
        Assert.False(ended.Vetoed);
        Assert.True(ended.Ended);
        Assert.Equal(ControllerState.Stopped, controller.State);
    }

    [Fact]
    public async Task Skip_InAShutdownHandler_DoesNotStopAnAbort()
    {
        IController controller = Start(m => m.On(ControllerEvents.Shutdown, session => session.Skip()));

        ShutdownReport report = await controller.ShutdownAsync(ShutdownMode.Abort).Guarded();

        Assert.True(report.Ended);
        Assert.False(report.Vetoed);
        Assert.Equal(ControllerState.Stopped, controller.State);
    }

    [Fact]
    public async Task ShutdownHandler_Failing_DoesNotKeepTheControllerUp()
    {
        IController controller = Start(m => m.On(ControllerEvents.Shutdown, _ => Throw(new TestFailureException())));

        Assert.True((await controller.ShutdownAsync().Guarded()).Ended);

        Assert.Equal(ControllerState.Stopped, controller.State);
    }

    [Fact]
    public async Task ShutdownHandler_StuckAtTheDeadline_DoesNotKeepTheControllerUp()
    {
        Gate gate = NewGate();
        IController controller = Start(m => m.On(ControllerEvents.Shutdown, async _ => await gate.PassAsync()));
        Task<ShutdownReport> ending = controller.ShutdownAsync(ShutdownMode.Drain, TimeSpan.FromSeconds(10));
        await gate.Entered;

        await Time.DriveAsync(ending);

        Assert.Equal(ControllerState.Stopped, controller.State);
    }

    [Fact]
    public async Task AsyncShutdownHandler_IsWaitedFor()
    {
        Gate gate = NewGate();
        IController controller = Start(m => m.On(ControllerEvents.Shutdown, async _ => await gate.PassAsync()));

        Task<ShutdownReport> ending = controller.ShutdownAsync();
        await gate.Entered;

        Assert.False(ending.IsCompleted);
        Assert.Equal(ControllerState.Stopping, controller.State);
        gate.Open();
        Assert.True((await ending.Guarded()).Ended);
    }
}
