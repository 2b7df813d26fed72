namespace EventDrivenActors.TestKit.Tests.Simulating;

/// <summary>Each switch of a simulation brings its own faults, and no others.</summary>
public sealed class SimulationOptionsTests : ControllerTestKit
{
    private const string Prompt = "each answer is prompt";
    private static readonly EventKey<int, int> Double = new("double");
    private static readonly EventKey<int, int> Process = new("process");

    [Theory]
    [InlineData(nameof(SimulationOptions.FailedStarts), "cannot be started")]
    [InlineData(nameof(SimulationOptions.LateWords), "is late by")]
    [InlineData(nameof(SimulationOptions.Freezes), "freezes|starves")]
    [InlineData(nameof(SimulationOptions.ChildDeaths), "dies|exits|is killed")]
    [InlineData(nameof(SimulationOptions.ClockJumps), "the clock jumps")]
    public async Task Switch_ByItself_BringsItsFaults(string name, string faults)
    {
        SimulationException found = await Assert.ThrowsAsync<SimulationException>(() =>
            SimulateAsync(200, DoubleAsync, options => Only(options, name))
        );

        Assert.Equal(Prompt, found.Invariant);
        Assert.Matches(faults, Assert.Single(found.Faults));
    }

    [Fact]
    public async Task NoSwitch_BringsNoFault() => await SimulateAsync(50, DoubleAsync, options => Only(options, ""));

    [Fact]
    public async Task ChildrenThatAreNotSimulated_AreProcesses() =>
        await SimulateAsync(
            1,
            async simulation =>
            {
                Controller controller = CreateController(options =>
                    options.AddSubprocess(child => child.Mapping.On(Process, ProcessOf))
                );
                controller.Run();

                Assert.NotEqual(Environment.ProcessId, await controller.Dispatch(Process, 1));
                await simulation.SettleAsync();
            },
            options => options.SimulateChildren = false
        );

    private static void Only(SimulationOptions options, string name)
    {
        options.FailedStarts = name == nameof(options.FailedStarts);
        options.LateWords = name == nameof(options.LateWords);
        options.Freezes = name == nameof(options.Freezes);
        options.ChildDeaths = name == nameof(options.ChildDeaths);
        options.ClockJumps = name == nameof(options.ClockJumps);
    }

    /// <summary>Has numbers doubled in a child, one a second, and measures how long each takes.</summary>
    private async Task DoubleAsync(Simulation simulation)
    {
        TimeSpan longest = TimeSpan.Zero;
        simulation.AtEnd(Prompt, () => longest <= TimeSpan.FromMilliseconds(1_015));
        Controller controller = CreateController(options =>
        {
            options.Name = "doubling";
            options.AddSubprocess(child =>
            {
                child.Mapping.On(Double, Doubled);
                child.Idempotent(Double);
            });
        });
        controller.Run();
        for (int number = 0; number < 4; number++)
        {
            long started = simulation.Time.GetTimestamp();
            Assert.Equal(2 * number, await controller.Dispatch(Double, number));
            await Task.Delay(TimeSpan.FromSeconds(1), simulation.Time);
            TimeSpan taken = simulation.Time.GetElapsedTime(started);
            longest = taken > longest ? taken : longest;
        }
    }

    private static int Doubled(Session session, int number) => 2 * number;

    private static int ProcessOf(Session session, int number) => Environment.ProcessId;
}
