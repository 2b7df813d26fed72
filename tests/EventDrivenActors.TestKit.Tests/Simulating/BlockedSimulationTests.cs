namespace EventDrivenActors.TestKit.Tests.Simulating;

/// <summary>A program that blocks the one thread ends its simulation, and not the test.</summary>
public sealed class BlockedSimulationTests : ControllerTestKit
{
    public BlockedSimulationTests()
        : base(configure: options => options.QuietLimit = TimeSpan.FromMilliseconds(500)) { }

    [Fact]
    public async Task Handler_ThatBlocksTheThread_IsAFailureThatSaysSo()
    {
        using ManualResetEventSlim latch = new();
        SimulationException found = await Assert.ThrowsAsync<SimulationException>(() =>
            SimulateAsync(
                1,
                async _ =>
                {
                    Controller controller = CreateController(options =>
                    {
                        options.Name = "stuck";
                        options.Mapping.On("block", () => latch.Wait());
                    });
                    controller.Run();
                    await controller.Dispatch("block");
                }
            )
        );
        latch.Set();

        Assert.Contains("blocks the one thread", found.Message);
        Assert.Contains("stuck: block() Running", found.Message);
    }
}
