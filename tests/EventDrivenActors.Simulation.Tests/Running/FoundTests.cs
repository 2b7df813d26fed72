using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Simulation.Tests.Running;

/// <summary>
/// Programs that once broke a promise, as small as the simulator could make them. A change of the generator gives each
/// seed another program; these stay.
/// </summary>
public class FoundTests
{
    public static TheoryData<string> Programs =>
        [
            .. Repository
                .Files("tests/EventDrivenActors.Simulation/Found", "*.json")
                .Select(Path.GetFileName)
                .OfType<string>(),
        ];

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Program_ThatOnceBroke_IsWhole(string program) =>
        Assert.EndsWith(
            "\n1 program: 0 broken\n",
            await SimulatorProcess.RunAsync(
                "replay",
                Repository.PathOf($"tests/EventDrivenActors.Simulation/Found/{program}")
            ),
            StringComparison.Ordinal
        );
}
