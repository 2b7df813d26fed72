using EventDrivenActors.TestSupport;

namespace EventDrivenActors.TestKit.Tests.Simulating;

/// <content>What a failure says, and its replay.</content>
public sealed partial class SimulationTests
{
    [Fact]
    public async Task ProgramThatFails_NamesItsException()
    {
        SimulationException found = await FoundAsync(1, _ => throw new TestFailureException());

        Assert.Contains("fails the program", found.Message);
        Assert.IsType<TestFailureException>(found.InnerException);
    }

    [Theory]
    [InlineData("")]
    [InlineData("seven")]
    [InlineData("7: faults two")]
    [InlineData("7: many")]
    public async Task Replay_OfSomethingElse_IsRefused(string replay)
    {
        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(() =>
            ReplaySimulationAsync(replay, _ => Task.CompletedTask)
        );

        Assert.Contains($"'{replay}' names no run of a simulation", refusal.Message);
    }

    private async Task<SimulationException> FoundAsync(
        int seeds,
        Func<Simulation, Task> program,
        Action<SimulationOptions>? configure = null
    ) => await Assert.ThrowsAsync<SimulationException>(() => SimulateAsync(seeds, program, configure));

    private Task CountCarelesslyAsync(Simulation simulation) => CountAsync(simulation, idempotent: false);

    /// <summary>Has numbers counted in a child, and takes those for counted of which it hears nothing.</summary>
    private async Task CountAsync(Simulation simulation, bool idempotent)
    {
        HashSet<int> counted = [];
        simulation.AtEnd("every number is counted", () => counted.Count == 4);
        Controller controller = CreateController(options =>
        {
            options.Name = "counting";
            options.AddSubprocess(child =>
            {
                child.Mapping.On(Count, Counted);
                if (idempotent)
                {
                    child.Idempotent(Count);
                }
            });
        });
        controller.Run();
        for (int number = 0; number < 4; number++)
        {
            try
            {
                counted.Add(await controller.Dispatch(Count, number));
            }
            catch (ChildLostException)
            {
                // The mistake.
            }
        }
    }

    private static int Counted(Session session, int number) => number;

    private async Task LoseAnUpdateAsync(Simulation simulation)
    {
        int there = 1;
        int taken = 0;
        simulation.Always("nothing is taken twice", () => taken <= 1);
        Controller[] shops =
        [
            .. Enumerable
                .Range(0, 2)
                .Select(number =>
                    CreateController(options =>
                        options.Mapping.On(
                            "take",
                            async () =>
                            {
                                // The second shop walks a longer way, so it comes late in the plain order.
                                for (int way = 0; way < 2 * number; way++)
                                {
                                    await Task.Yield();
                                }

                                if (there > 0)
                                {
                                    await Task.Yield();
                                    there--;
                                    taken++;
                                }
                            }
                        )
                    )
                ),
        ];
        Array.ForEach(shops, shop => shop.Run());
        await Task.WhenAll(shops.Select(shop => shop.Dispatch("take").AsTask()));
    }
}
