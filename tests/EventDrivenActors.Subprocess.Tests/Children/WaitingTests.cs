using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Testing;
using EventDrivenActors.Subprocess.Tests.Launching;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

/// <summary>Idle, pending, suspend, room and order span both processes.</summary>
public sealed class WaitingTests : ChildTest
{
    private const int SigContinue = 18;
    private static int _started;

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
    public async Task ChildThatDies_AfterASuspensionWasResumed_LosesWhatItHadStarted()
    {
        Controller controller = Harness.Start(configure: parent => parent.Mapping.On("passed", () => { }));
        Pending held = controller.Dispatch("hold");
        await Harness.HeardAsync("holding");
        await controller.SuspendAsync().Guarded();
        controller.Resume();
        Pending behind = controller.Dispatch("mark", 1);
        await controller.Dispatch("passed").Guarded();

        Harness.Child.Kill();

        Assert.Equal(PendingStatus.ChildLost, await held.StatusAsync());
        Assert.Equal(PendingStatus.Completed, await behind.StatusAsync());
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
        Assert.Throws<QueueFullException>(() =>
        {
            controller.Dispatch("mark", 3);
        });
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

    [Fact]
    public async Task Clean_ReachesWhatTheChildHasNotStarted_AndNothingThatRuns()
    {
        Controller controller = Harness.Start(child => child.MaxInFlight = 4);
        Pending held = controller.Dispatch("hold");
        await Harness.HeardAsync("holding");
        Pending[] behind = [.. Enumerable.Range(0, 10).Select(number => controller.Dispatch("mark", number))];

        controller.Clean();

        foreach (Pending pending in behind)
        {
            Assert.Equal(PendingStatus.Cancelled, await pending.StatusAsync());
        }

        Assert.False(held.IsSettled);
        held.Cancel();
        Assert.Equal(PendingStatus.Completed, await held.StatusAsync());
        Assert.Equal([100], await controller.Dispatch("mark", 100).Guarded());
        Assert.Equal([100], await MarksAsync(controller));
    }

    [Fact]
    public async Task Clean_WhileTheChildIsReplaced_CancelsAllThatWaits()
    {
        Controller controller = Harness.Start(child =>
            child.Restart.MinDelay = child.Restart.MaxDelay = TimeSpan.FromHours(1)
        );
        await ProcessOfAsync(controller);
        Harness.Child.Kill();
        using CancellationTokenSource guard = new(HangGuard.Limit);
        while (Harness.Child.State != ChildState.BackingOff)
        {
            await Task.Delay(5, guard.Token);
        }

        Pending[] waiting = [.. Enumerable.Range(0, 10).Select(number => controller.Dispatch("mark", number))];
        await controller.PendingAsync().Guarded();
        Task idle = controller.WaitForIdleAsync();
        Assert.False(controller.IsIdle || idle.IsCompleted);

        Assert.Equal(10, controller.Clean());

        Assert.All(waiting, pending => Assert.Equal(PendingStatus.Cancelled, pending.Status));
        await idle.Guarded();
    }

    [Fact]
    public async Task SuspendAsync_CompletesWhenTheChildStartsNothingMore()
    {
        Controller controller = Harness.Start(child =>
        {
            child.Workers = 2;
            child.Mapping.On("count", Count);
            child.RunInProcess();
        });
        Controller marker = Harness.Runtime.CreateController();
        marker.Run();
        for (int round = 0; round < 20; round++)
        {
            for (int number = 0; number < 100; number++)
            {
                controller.Post("count");
            }

            await controller.SuspendAsync().Guarded();
            int started = Volatile.Read(ref _started);
            for (int i = 0; i < 10; i++)
            {
                await marker.Submit(() => { }).Guarded();
            }

            Assert.Equal(started, Volatile.Read(ref _started));
            controller.Resume();
        }

        await controller.WaitForIdleAsync().Guarded();
        Assert.Equal(20 * 100, Volatile.Read(ref _started));
    }

    [Fact]
    public async Task SuspendAsync_OfAChildThatDies_Completes()
    {
        Controller controller = Harness.Start();
        await ProcessOfAsync(controller);
        await Processes.StopAsync(Harness.Child.ProcessId!.Value);

        Task suspending = controller.SuspendAsync();
        Assert.False(suspending.IsCompleted);
        Harness.Child.Kill();

        await suspending.Guarded();
        controller.Resume();
    }

    [Fact]
    public async Task Resume_WhileSuspendAsyncWaits_EndsTheWait()
    {
        Controller controller = Harness.Start();
        await ProcessOfAsync(controller);
        await Processes.StopAsync(Harness.Child.ProcessId!.Value);
        Task suspending = controller.SuspendAsync();

        controller.Resume();

        await suspending.Guarded();
        Native.Kill(Harness.Child.ProcessId!.Value, SigContinue);
        Assert.Equal([1], await controller.Dispatch("mark", 1).Guarded());
    }

    [Fact]
    public async Task Controller_WhoseTimedOutHandlerRunsOnInTheChild_IsNotIdle()
    {
        Controller controller = Harness.Start(child => child.Workers = 2);
        Pending late = controller.Dispatch(
            "hold-until-open",
            options: new EventOptions { Timeout = TimeSpan.FromMilliseconds(20) }
        );
        Assert.Equal(PendingStatus.TimedOut, await late.StatusAsync());
        Task idle = controller.WaitForIdleAsync();
        Assert.False(controller.IsIdle || idle.IsCompleted);

        await controller.Dispatch("open").Guarded();

        await idle.Guarded();
        Assert.True(controller.IsIdle);
    }

    private static void Count() => Interlocked.Increment(ref _started);
}
