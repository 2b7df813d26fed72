using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

public sealed class SilenceTests()
    : ChildTest("heartbeat { interval = 50ms, unresponsive-after = 1s, kill-after = 4s }")
{
    private const int SigStop = 19;
    private const int SigContinue = 18;

    [Fact]
    public async Task StoppedChild_IsUnresponsive_UntilItGoesOn_AndNothingIsLost()
    {
        Controller controller = Harness.Start();
        int process = await ProcessOfAsync(controller);

        Native.Kill(process, SigStop);
        Pending[] sent = [.. Enumerable.Range(0, 10).Select(number => controller.Dispatch("echo", number))];
        await IsAsync(ChildState.Unresponsive);
        Native.Kill(process, SigContinue);
        await IsAsync(ChildState.Ready);

        for (int number = 0; number < sent.Length; number++)
        {
            Assert.Equal([number], await sent[number].Guarded());
        }

        Assert.Equal(process, await ProcessOfAsync(controller));
        Assert.Equal(0, Harness.Child.Restarts);
    }

    [Fact]
    public async Task FrozenChild_IsKilled_AndItsEventsSayWhy()
    {
        Controller controller = Harness.Start(configure: parent =>
            parent.Mapping.On("heard", (string line) => Harness.Said.Add(line))
        );
        int process = await ProcessOfAsync(controller);
        Pending held = controller.Dispatch("hold-in-order");
        await Harness.HeardAsync("holding");
        Native.Kill(process, SigStop);

        // A process that is busy stops a moment later.
        await IsAsync(ChildState.Unresponsive);
        Pending sent = controller.Dispatch("echo", 1);

        ChildLostException lost = await Assert.ThrowsAsync<ChildLostException>(() => held.Guarded());

        Assert.Equal((ExitReason.Unresponsive, 9, process), (lost.Reason, lost.Signal, lost.ProcessId));
        Assert.Contains("it had been silent for too long", lost.Message);
        Assert.Equal([1], await sent.Guarded());
        Assert.NotEqual(process, await ProcessOfAsync(controller));
    }
}
