using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

/// <summary>Idle, pending, suspend, room and order span both processes.</summary>
public sealed class WaitingTests : ChildTest
{
    [Fact]
    public async Task WaitForIdle_CompletesOnlyWhenTheChildHasEndedItsEvents()
    {
        Controller controller = Harness.Start();
        Pending held = controller.Dispatch("hold");
        await Harness.HeardAsync("holding");
        await controller.PendingAsync().Guarded();
        Task idle = controller.WaitForIdleAsync();
        Assert.False(controller.IsIdle);
        Assert.False(idle.IsCompleted);

        held.Cancel();

        await idle.Guarded();
        Assert.True(held.IsSettled);
        Assert.True(controller.IsIdle);
    }

    [Fact]
    public async Task PendingAsync_CompletesWhenTheChildHasTakenAll()
    {
        Controller controller = Harness.Start(child => child.MaxInFlight = 1);
        Pending held = controller.Dispatch("hold");
        Pending second = controller.Dispatch("process");
        Pending third = controller.Dispatch("process");
        await Harness.HeardAsync("holding");
        Task taken = controller.PendingAsync();
        Assert.False(taken.IsCompleted);

        held.Cancel();

        await taken.Guarded();
        await second.Guarded();
        await third.Guarded();
    }

    [Fact]
    public async Task SuspendedController_StartsNothingInTheChild_UntilResume()
    {
        Controller controller = Harness.Start();
        Pending held = controller.Dispatch("hold");
        await Harness.HeardAsync("holding");
        Pending inTheChild = controller.Dispatch("mark", 1);
        await controller.PendingAsync().Guarded();

        await controller.SuspendAsync().Guarded();
        Pending inTheParent = controller.Dispatch("mark", 2);
        held.Cancel();
        Assert.Equal(PendingStatus.Completed, await held.StatusAsync());

        // What the suspended child provably had not started waits for the next one.
        Harness.Child.Kill();
        await ReplacedAsync(Harness.Child);
        Assert.Equal(ControllerState.Suspended, controller.State);
        Assert.False(inTheChild.IsSettled || inTheParent.IsSettled);
        controller.Resume();

        Assert.Equal([1], await inTheChild.Guarded());
        Assert.Equal([2], await inTheParent.Guarded());
    }

    [Fact]
    public async Task ChildThatDies_AfterASuspensionWasResumed_LosesWhatItMayHaveStarted()
    {
        Controller controller = Harness.Start();
        Pending held = controller.Dispatch("hold");
        await Harness.HeardAsync("holding");
        await controller.SuspendAsync().Guarded();
        controller.Resume();
        Pending behind = controller.Dispatch("mark", 1);
        await controller.PendingAsync().Guarded();

        Harness.Child.Kill();

        Assert.Equal(PendingStatus.ChildLost, await held.StatusAsync());
        Assert.Equal(PendingStatus.ChildLost, await behind.StatusAsync());
    }

    [Fact]
    public async Task ChildThatDiesWhileSuspended_IsReplacedByOneThatWaitsToo()
    {
        Controller controller = Harness.Start();
        await ProcessOfAsync(controller);
        await controller.SuspendAsync().Guarded();
        Pending held = controller.Dispatch("process");
        Harness.Child.Kill();
        await ReplacedAsync(Harness.Child);

        Assert.Equal(PendingStatus.Queued, held.Status);
        controller.Resume();

        Assert.Equal([Harness.Child.ProcessId], await held.Guarded());
    }

    [Fact]
    public async Task DispatchAsync_WaitsWhileTheChildAndTheQueueAreFull()
    {
        Controller controller = Harness.Start(child => child.MaxInFlight = 1, options => options.Capacity = 1);
        Pending held = controller.Dispatch("hold");
        await Harness.HeardAsync("holding");
        Pending taken = controller.Dispatch("mark", 1);
        await controller.PendingAsync().Guarded();
        Pending queued = controller.Dispatch("mark", 2);
        Assert.Throws<QueueFullException>(() => { controller.Dispatch("mark", 3); });
        Task<Pending> waiting = controller.DispatchAsync("mark", 4).AsTask();
        Assert.False(waiting.IsCompleted);

        held.Cancel();

        Assert.Equal([4], await (await waiting.Guarded()).Guarded());
        Assert.True(taken.IsSettled && queued.IsSettled);
        Assert.Equal([1, 2, 4], await MarksAsync(controller));
    }

    [Fact]
    public async Task OneWorker_KeepsTheOrder_OfTenThousandEvents()
    {
        Controller controller = Harness.Start();
        for (int number = 0; number < 10_000; number++)
        {
            controller.Post("mark", number);
        }

        Assert.Equal(Enumerable.Range(0, 10_000), await MarksAsync(controller));
    }
}
