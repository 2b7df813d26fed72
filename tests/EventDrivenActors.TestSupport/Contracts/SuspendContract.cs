namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>P9: a suspended controller starts nothing, loses nothing, and goes on when it is resumed.</summary>
public abstract class SuspendContract : ContractBase
{
    [Fact]
    public async Task SuspendedController_StartsNothing_UntilResume()
    {
        Journal<int> journal = new();
        IController controller = Start(m => m.On("x", (int n) => journal.Add(n)));

        await controller.SuspendAsync().Guarded();
        Assert.Equal(ControllerState.Suspended, controller.State);
        Pending dispatched = controller.Dispatch("x", 1);
        Pending submitted = controller.Submit(() => journal.Add(2));
        controller.Post("x", 3);
        await MarkerAsync();
        Assert.Equal(PendingStatus.Queued, dispatched.Status);
        Assert.Equal(PendingStatus.Queued, submitted.Status);
        Assert.Empty(journal.Entries);

        controller.Resume();
        await journal.WaitForAsync(3);
        Assert.Equal([1, 2, 3], journal.Entries.Order());
        Assert.Equal(ControllerState.Running, controller.State);
    }

    [Fact]
    public async Task Drain_OfASuspendedControllerThatHasNothing_EndsWithoutItsDeadline()
    {
        IController controller = Start(m => m.On("x", _ => 1));
        await controller.Dispatch("x").Guarded();
        await controller.SuspendAsync().Guarded();

        ShutdownReport report = await controller.ShutdownAsync(deadline: TimeSpan.FromHours(1)).Guarded();

        Assert.True(report.Ended);
        Assert.Equal(ControllerState.Stopped, controller.State);
    }

    [Fact]
    public async Task Suspend_UnderLoad_LetsNoHandlerStartOnceItHolds()
    {
        Journal<Pending> dispatched = new();
        IController controller = Start(m => m.On("x", _ => 1));
        Task load = Crowd.RunAsync(
            2,
            _ =>
            {
                for (int i = 0; i < 2_000; i++)
                {
                    dispatched.Add(controller.Dispatch("x"));
                }
            }
        );

        for (int i = 0; i < 20; i++)
        {
            await controller.SuspendAsync().Guarded();
            Pending[] held = [.. dispatched.Entries.Where(pending => pending.Status == PendingStatus.Queued)];
            await MarkerAsync();
            Assert.All(held, pending => Assert.Equal(PendingStatus.Queued, pending.Status));
            controller.Resume();
        }

        await load;
        await controller.WaitForIdleAsync().Guarded();
        Assert.All(dispatched.Entries, pending => Assert.Equal(PendingStatus.Completed, pending.Status));
    }

    [Fact]
    public async Task RunningHandler_OfASuspendedController_DeliversItsResult()
    {
        Gate gate = NewGate();
        IController controller = Start(m =>
            m.On(
                    "x",
                    async _ =>
                    {
                        await gate.PassAsync();
                        return 1;
                    }
                )
                .On("x", _ => 2)
        );
        Pending pending = controller.Dispatch("x");
        await gate.Entered;

        await controller.SuspendAsync().Guarded();
        gate.Open();

        Assert.Equal([1, 2], await pending.Guarded());
        Assert.Equal(ControllerState.Suspended, controller.State);
    }

    [Fact]
    public async Task SuspendAsync_InsideAHandler_HoldsFromTheNextEventOn()
    {
        IController controller = null!;
        controller = Start(m =>
            m.On(
                    "suspend",
                    async _ =>
                    {
                        await controller.SuspendAsync();
                        return 1;
                    }
                )
                .On("x", _ => 2)
        );
        Assert.Equal([1], await controller.Dispatch("suspend").Guarded());

        Pending held = controller.Dispatch("x");
        await MarkerAsync();
        Assert.Equal(PendingStatus.Queued, held.Status);

        controller.Resume();
        Assert.Equal([2], await held.Guarded());
    }

    [Fact]
    public async Task ThrowWhenSuspended_RefusesEvents_UntilResume()
    {
        IController controller = Start(m => m.On("x", _ => 1), options => options.ThrowWhenSuspended = true);
        await controller.SuspendAsync().Guarded();

        InvalidOperationException failure = Assert.ThrowsAny<InvalidOperationException>(() =>
        {
            controller.Dispatch("x");
        });
        Assert.Contains($"'{controller.Name}'", failure.Message);
        Assert.ThrowsAny<InvalidOperationException>(() => controller.Post("x"));

        controller.Resume();
        Assert.Equal([1], await controller.Dispatch("x").Guarded());
    }

    [Fact]
    public async Task SuspendTwice_IsEndedByOneResume()
    {
        IController controller = Start(m => m.On("x", _ => 1));
        controller.Resume();
        controller.Suspend();
        await controller.SuspendAsync().Guarded();

        controller.Resume();

        Assert.Equal([1], await controller.Dispatch("x").Guarded());
    }

    [Fact]
    public async Task SuspendAndResume_ByManyThreads_LoseNothing()
    {
        IController controller = Start(m => m.On("x", _ => 1));
        Pending[] pendings = new Pending[8_000];

        await Crowd.RunAsync(
            10,
            thread =>
            {
                for (int i = 0; i < 1_000; i++)
                {
                    if (thread < 8)
                    {
                        pendings[(thread * 1_000) + i] = controller.Dispatch("x");
                    }
                    else if (thread == 8)
                    {
                        controller.Suspend();
                    }
                    else
                    {
                        controller.Resume();
                    }
                }
            }
        );
        controller.Resume();

        foreach (Pending pending in pendings)
        {
            Assert.Equal(PendingStatus.Completed, await pending.StatusAsync());
        }
    }

    [Theory]
    [InlineData(ShutdownMode.Finish)]
    [InlineData(ShutdownMode.Abort)]
    public async Task SuspendedController_ShutDown_Ends(ShutdownMode mode)
    {
        IController controller = Start(m => m.On("x", _ => 1));
        await controller.SuspendAsync().Guarded();
        Pending queued = controller.Dispatch("x");

        Assert.True((await controller.ShutdownAsync(mode).Guarded()).Ended);

        Assert.Equal(PendingStatus.Cancelled, queued.Status);
        controller.Run();
        Assert.Equal(ControllerState.Running, controller.State);
        Assert.Equal([1], await controller.Dispatch("x").Guarded());
    }

    [Fact]
    public async Task SuspendedController_Drained_EndsByTheDeadline()
    {
        IController controller = Start(m => m.On("x", _ => 1));
        await controller.SuspendAsync().Guarded();
        Pending queued = controller.Dispatch("x");

        await Time.DriveAsync(controller.ShutdownAsync(ShutdownMode.Drain, TimeSpan.FromSeconds(1)));

        Assert.True(queued.IsSettled);
        Assert.Equal(ControllerState.Stopped, controller.State);
    }

    [Fact]
    public async Task Clean_WhileSuspended_CancelsWhatIsQueued()
    {
        IController controller = Start(m => m.On("x", _ => 1));
        await controller.SuspendAsync().Guarded();
        Pending queued = controller.Dispatch("x");

        Assert.Equal(1, controller.Clean());

        Assert.Equal(PendingStatus.Cancelled, await queued.StatusAsync());
        Assert.Equal(ControllerState.Suspended, controller.State);
    }
}
