using EventDrivenActors.Chaos.Runs;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Chaos.Tests.Runs;

public sealed class CycleTests
{
    [Fact]
    public async Task Controller_StartedAndStoppedAgainAndAgain_LeavesNothing()
    {
        await using ChaosRig rig = new();
        Controller controller = rig.Runtime.CreateController(options =>
        {
            options.Name = "cycle";
            rig.AddChild(options);
        });
        await CycleAsync(rig, controller, 2);
        ProcessCensus before = ProcessCensus.Take();

        await CycleAsync(rig, controller, 6);

        await ProcessCensus.BackToAsync(before);
        Assert.Empty((await rig.EndAsync(HangGuard.Limit)).Reasons);
    }

    private static async Task CycleAsync(ChaosRig rig, Controller controller, int cycles)
    {
        for (int cycle = 0; cycle < cycles; cycle++)
        {
            controller.Run();
            _ = rig.Recorder.Work(controller, ordered: true);
            await controller.ShutdownAsync().Guarded();
        }
    }
}
