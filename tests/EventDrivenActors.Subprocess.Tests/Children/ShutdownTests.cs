using EventDrivenActors.Subprocess.Tests.Launching;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

public sealed class ShutdownTests : ChildTest
{
    [Fact]
    public async Task Drain_RunsAllThatWasAccepted_AndTheChildLeaves()
    {
        (Controller controller, int process, Pending running, Pending[] behind) = await OccupiedAsync();

        Task<ShutdownReport> ending = controller.ShutdownAsync();
        Assert.Throws<ControllerClosedException>(() =>
        {
            controller.Dispatch("process");
        });
        running.Cancel();

        Assert.True((await ending.Guarded()).Ended);
        Assert.Equal(PendingStatus.Completed, running.Status);
        Assert.All(behind, pending => Assert.Equal(PendingStatus.Completed, pending.Status));
        await GoneAsync(controller, process);
    }

    [Fact]
    public async Task Finish_EndsTheRunningEvent_AndCancelsTheQueuedOnes()
    {
        (Controller controller, int process, Pending running, Pending[] behind) = await OccupiedAsync();

        Task<ShutdownReport> ending = controller.ShutdownAsync(ShutdownMode.Finish);
        foreach (Pending pending in behind)
        {
            Assert.Equal(PendingStatus.Cancelled, await pending.StatusAsync());
        }

        Assert.False(running.IsSettled);
        running.Cancel();

        await ending.Guarded();
        Assert.Equal(PendingStatus.Completed, running.Status);
        Assert.All(behind, pending => Assert.Equal(PendingStatus.Cancelled, pending.Status));
        await GoneAsync(controller, process);
    }

    [Fact]
    public async Task Abort_FiresTheTokenInTheChild()
    {
        Controller controller = Harness.Start();
        Pending obeying = controller.Dispatch("obey-token");
        await Harness.HeardAsync("obeying");

        await controller.ShutdownAsync(ShutdownMode.Abort).Guarded();

        Assert.Equal(PendingStatus.Cancelled, obeying.Status);
        await Harness.HeardAsync("fired");
    }

    [Theory]
    [InlineData("hold")]
    [InlineData("ignore-token")]
    [InlineData("spin")]
    public async Task Abort_CancelsEverything_WhateverTheHandlerDoes(string running)
    {
        (Controller controller, int process, Pending first, Pending[] behind) = await OccupiedAsync(running);

        await controller.ShutdownAsync(ShutdownMode.Abort).Guarded();

        Assert.Equal(PendingStatus.Cancelled, first.Status);
        Assert.All(behind, pending => Assert.Equal(PendingStatus.Cancelled, pending.Status));
        await GoneAsync(controller, process);
    }

    [Fact]
    public async Task Drain_ThatMeetsItsDeadline_EndsAllTheSame()
    {
        (Controller controller, int process, Pending first, Pending[] behind) = await OccupiedAsync("ignore-token");

        await controller.ShutdownAsync(ShutdownMode.Drain, TimeSpan.FromMilliseconds(50)).Guarded();

        Assert.Equal(PendingStatus.Cancelled, first.Status);
        Assert.All(behind, pending => Assert.Equal(PendingStatus.Cancelled, pending.Status));
        await GoneAsync(controller, process);
    }

    [Fact]
    public async Task Child_ThatDiesWhileItDrains_IsReplacedForTheRest()
    {
        (Controller controller, int process, Pending first, Pending[] behind) = await OccupiedAsync();

        Task<ShutdownReport> ending = controller.ShutdownAsync();
        Harness.Child.Kill();

        await ending.Guarded();
        Assert.Equal(PendingStatus.ChildLost, first.Status);
        Assert.All(behind, pending => Assert.Equal(PendingStatus.Completed, pending.Status));
        await GoneAsync(controller, process);
    }

    [Fact]
    public async Task Run_AfterAShutdown_StartsANewChild()
    {
        Controller controller = Harness.Start();
        int first = await ProcessOfAsync(controller);
        await controller.ShutdownAsync().Guarded();
        Assert.Null(Harness.Child.ProcessId);
        Assert.Equal(ChildState.None, Harness.Child.State);

        controller.Run();

        Assert.NotEqual(first, await ProcessOfAsync(controller));
        Assert.Equal(ChildState.Ready, Harness.Child.State);
    }

    [Fact]
    public async Task ShutdownWhileTheChildStarts_LeavesNothing()
    {
        Controller controller = Harness.Start();
        Pending pending = controller.Dispatch("process");

        await controller.ShutdownAsync(ShutdownMode.Abort).Guarded();

        Assert.Equal(PendingStatus.Cancelled, pending.Status);
        Assert.Null(Harness.Child.ProcessId);
    }

    [Fact]
    public async Task ActorSystem_ThatEnds_ClosesEverythingAndLeavesNoProcess()
    {
        (Controller controller, int process, Pending running, Pending[] behind) = await OccupiedAsync();

        await Harness.Runtime.System.Terminate().Guarded();

        Assert.Equal(PendingStatus.Closed, await running.StatusAsync());
        foreach (Pending pending in behind)
        {
            Assert.Equal(PendingStatus.Closed, await pending.StatusAsync());
        }

        await GoneAsync(controller, process);
    }

    /// <summary>One event runs, one more is in the child, one waits for room and two in the queue.</summary>
    private async Task<(Controller Controller, int Process, Pending Running, Pending[] Behind)> OccupiedAsync(
        string key = "hold"
    )
    {
        Controller controller = Harness.Start(child => child.MaxInFlight = 2);
        int process = await ProcessOfAsync(controller);
        Pending running = controller.Dispatch(key);
        await Harness.Said.WaitForAsync(1);
        Pending[] behind = [.. Enumerable.Range(0, 4).Select(_ => controller.Dispatch("process"))];
        using CancellationTokenSource guard = new(HangGuard.Limit);
        while (behind[1].Status == PendingStatus.Queued)
        {
            await Task.Delay(5, guard.Token);
        }

        return (controller, process, running, behind);
    }

    private async Task GoneAsync(Controller controller, int process)
    {
        Assert.Equal(ControllerState.Stopped, controller.State);
        Assert.Null(Harness.Child.ProcessId);
        await Processes.GoneAsync(process);
    }
}
