using EventDrivenActors.Chaos.Checking;
using EventDrivenActors.Chaos.Recording;
using EventDrivenActors.Chaos.Runs;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Chaos.Tests.Runs;

public sealed class KillTests
{
    private const int Seed = 20261125;

    [Fact]
    public async Task Child_KilledUnderLoad_LosesNothingDoublesNothingHangsNothing()
    {
        Verdict verdict = await new KillRun(kills: 5, events: 1_000, Seed).RunAsync();

        Assert.Empty(verdict.Reasons);
        Assert.Equal("5005 events: 0 lost, 0 doubled, 0 hung", verdict.ToString());
    }

    [Fact]
    public async Task Child_KilledWhileItStarts_LosesNothingThatWaits()
    {
        StartKillRun run = new(kills: 4, Seed);

        Verdict verdict = await run.RunAsync();

        Assert.Empty(verdict.Reasons);
        Assert.NotEqual(0, run.DiedEarly);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task Child_KilledWhileItDrains_IsReplacedForTheRest(int point)
    {
        await using ChaosRig rig = new();
        Controller controller = rig.StartController(
            "draining",
            child =>
            {
                child.Idempotent("work-again");
                child.MaxInFlight = 50;
            }
        );
        await rig.Recorder.Work(controller);
        for (int number = 0; number < 100; number++)
        {
            _ = rig.Recorder.Work(controller, ordered: true);
            _ = rig.Recorder.WorkAgain(controller, ordered: true);
        }

        int child = rig.Children[0].ProcessId!.Value;
        Task<ShutdownReport> ending = controller.ShutdownAsync();
        await Processes.UntilAsync(() => rig.Recorder.Settled > point, HangGuard.Limit);
        rig.Recorder.Killed(child);
        Processes.Signal(child, Processes.SigKill);

        Assert.True((await ending.Guarded()).Ended);
        Assert.Equal(ControllerState.Stopped, controller.State);
        Assert.Empty((await rig.EndAsync(HangGuard.Limit)).Reasons);
    }
}
