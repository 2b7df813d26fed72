using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

public sealed class SpareTests : ChildTest
{
    [Fact]
    public async Task Spare_TakesOver_AndAnotherOneIsStartedBehindIt()
    {
        Controller controller = Harness.Start(
            child => child.WarmSpare = true,
            parent => parent.Mapping.On("heard", (string line) => Harness.Said.Add(line))
        );
        int first = await ProcessOfAsync(controller);
        int spare = await SpareAsync();
        Assert.NotEqual(first, spare);
        Pending running = controller.Dispatch("hold-in-order");
        await Harness.HeardAsync("holding");

        Native.Kill(first, Native.SigKill);

        Assert.Equal(PendingStatus.ChildLost, await running.StatusAsync());
        Assert.Equal(ExitReason.Signalled, ((ChildLostException)running.Exception!).Reason);
        Assert.Equal(spare, await ProcessOfAsync(controller));
        Assert.Equal(spare, Harness.Child.ProcessId);
        int next = await SpareAsync(spare);
        Assert.Equal(1, Harness.Child.Restarts);

        await controller.ShutdownAsync().Guarded();
        Assert.Null(Harness.Child.ProcessId);
        Assert.Null(Harness.Child.SpareProcessId);
        Assert.False(Launching.Processes.IsAlive(spare) || Launching.Processes.IsAlive(next));
    }

    [Fact]
    public async Task Spare_ThatDiesWhileItWaits_IsSeenAndReplaced_AndLosesNothing()
    {
        Controller controller = Harness.Start(child => child.WarmSpare = true);
        int active = await ProcessOfAsync(controller);
        int spare = await SpareAsync();
        Pending held = controller.Dispatch("hold");
        await Harness.HeardAsync("holding");

        Native.Kill(spare, Native.SigKill);
        await SpareAsync(spare);
        held.Cancel();

        Assert.Equal(PendingStatus.Completed, await held.StatusAsync());
        Assert.Equal(active, await ProcessOfAsync(controller));
        Assert.Equal(1, Harness.Child.Restarts);
    }
}
