using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

/// <summary>
/// SIGTERM to a child from outside is a death like any other: nothing ends as cancelled, and what has not started goes
/// to the next one.
/// </summary>
public sealed class TerminationTests : ChildTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunningEvent_IsLostWithItsChild_AndWhatHasNotStartedGoesToTheNext(bool wholeGroup)
    {
        Controller controller = Harness.Start();
        int process = await ProcessOfAsync(controller);
        Pending running = controller.Dispatch("ignore-token");
        await Harness.HeardAsync("ignoring");
        Pending[] behind = [.. Enumerable.Range(0, 3).Select(_ => controller.Dispatch("process"))];

        Native.Kill(wholeGroup ? -process : process, Native.SigTerm);

        ChildLostException lost = await Assert.ThrowsAsync<ChildLostException>(() => running.Guarded());
        Assert.Equal(
            (PendingStatus.ChildLost, Native.SigTerm, null, true),
            (running.Status, lost.Signal, lost.ExitCode, lost.Started)
        );
        Assert.Equal(ExitReason.Signalled, lost.Reason);
        foreach (Pending one in behind)
        {
            Assert.NotEqual([process], await one.Guarded());
        }

        Assert.Equal(1, Harness.Child.Restarts);
    }

    [Fact]
    public async Task RunningEvent_ThatEndsByItselfMeanwhile_Completes()
    {
        Controller controller = Harness.Start();
        int process = await ProcessOfAsync(controller);
        Pending running = controller.Dispatch("hold");
        await Harness.HeardAsync("holding");

        // It ends well when its token fires.
        Native.Kill(process, Native.SigTerm);

        Assert.Equal(PendingStatus.Completed, await running.StatusAsync());
        Assert.NotEqual(process, await ProcessOfAsync(controller));
    }

    [Fact]
    public async Task IdempotentEvent_WhoseTokenFired_IsDeliveredAgain()
    {
        Controller controller = Harness.Start(child => child.Idempotent("obey-first-attempt"));
        int process = await ProcessOfAsync(controller);
        Pending running = controller.Dispatch("obey-first-attempt");
        await Harness.HeardAsync("obeying");

        Native.Kill(process, Native.SigTerm);

        Assert.Equal([2], await running.Guarded());
    }

    [Fact]
    public async Task EventThatSomebodyCancelled_EndsAsCancelled()
    {
        Controller controller = Harness.Start();
        int process = await ProcessOfAsync(controller);
        Pending running = controller.Dispatch("obey-token");
        await Harness.HeardAsync("obeying");

        running.Cancel();
        Native.Kill(process, Native.SigTerm);

        Assert.Equal(PendingStatus.Cancelled, await running.StatusAsync());
    }

    [Fact]
    public async Task Drain_CountsNothingThatTheSignalEnded()
    {
        Controller controller = Harness.Start();
        int process = await ProcessOfAsync(controller);
        Pending running = controller.Dispatch("ignore-token");
        await Harness.HeardAsync("ignoring");
        Pending behind = controller.Dispatch("process");

        Task<ShutdownReport> ending = controller.ShutdownAsync();
        Native.Kill(process, Native.SigTerm);

        Assert.True((await ending.Guarded()).Ended);
        Assert.Equal(PendingStatus.ChildLost, running.Status);
        Assert.Equal(PendingStatus.Completed, behind.Status);
    }

    [Fact]
    public async Task Child_ThatIsBeingSetUp_LeavesAtOnce_AndAnotherOneTakesTheEvents()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("termination-");
        Controller controller = Harness.Start(child =>
        {
            child.Environment["FIRST_TIME"] = Path.Combine(folder.FullName, "first");
            child.Mapping.On(ControllerEvents.WorkerPrepare, PrepareSlowlyOnce);
        });
        Pending waiting = controller.Dispatch("process");
        await Harness.HeardAsync("preparing");

        Native.Kill(Harness.Child.ProcessId!.Value, Native.SigTerm);

        Assert.Equal(PendingStatus.Completed, await waiting.StatusAsync());
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Child_WhosePoolIsStarved_EndsAllTheSame()
    {
        Controller controller = Harness.Start();
        int process = await ProcessOfAsync(controller);
        Pending starving = controller.Dispatch("starve");
        await Harness.HeardAsync("starved");

        Native.Kill(process, Native.SigTerm);

        ChildLostException lost = await Assert.ThrowsAsync<ChildLostException>(() => starving.Guarded());
        Assert.Equal(Native.SigTerm, lost.Signal);
    }

    private static async Task PrepareSlowlyOnce()
    {
        string marker = Environment.GetEnvironmentVariable("FIRST_TIME")!;
        if (!File.Exists(marker))
        {
            File.WriteAllText(marker, "");
            Console.WriteLine("preparing");
            await Task.Delay(Timeout.Infinite);
        }
    }
}
