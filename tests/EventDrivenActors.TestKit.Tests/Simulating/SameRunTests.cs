using EventDrivenActors.TestKit.Loops;
using EventDrivenActors.TestKit.Simulating;

namespace EventDrivenActors.TestKit.Tests.Simulating;

/// <summary>A seed is one run: the same events in the same order, with the same ends, each time.</summary>
public sealed class SameRunTests : ControllerTestKit
{
    private static readonly EventKey<int, int> Weigh = new("weigh");
    private static readonly EventKey<int> Weighed = new("weighed");

    public SameRunTests()
        : base(configure: options => options.LastEvents = 1_000) { }

    [Fact]
    public Task FiveHundredSeeds_RunTwice_AreTheSame() =>
        RunTwiceAsync(simulation => WeighAsync(simulation, inChild: false));

    [Fact]
    public Task FiveHundredSeeds_WithAChild_RunTwice_AreTheSame() =>
        RunTwiceAsync(simulation => WeighAsync(simulation, inChild: true));

    private static string Text(SimulatedEnd end) =>
        string.Join(
            Environment.NewLine,
            [end.Broken?.Kind ?? "well", string.Join(' ', end.Faults), string.Join(' ', end.Deviations), end.Order]
        );

    private async Task RunTwiceAsync(Func<Simulation, Task> program)
    {
        SimulationOptions options = new();
        using PoolShare share = await PoolShare.TakeAsync();
        List<string> different = [];
        HashSet<string> orders = [];
        for (int seed = 1; seed <= 500; seed++)
        {
            string first = Text(await RunOnceAsync(new SimulationCase(seed), program, options, share));
            string second = Text(await RunOnceAsync(new SimulationCase(seed), program, options, share));
            orders.Add(first);
            if (first != second)
            {
                different.Add($"seed {seed}{Environment.NewLine}{first}{Environment.NewLine}{second}");
            }
        }

        Assert.True(different.Count == 0, $"{different.Count} seeds differ; the first is {different.FirstOrDefault()}");
        Assert.InRange(orders.Count, 400, 500);
    }

    /// <summary>A pool of parcels, a scale that may be in a child, a book that hears of both, and timers.</summary>
    private async Task WeighAsync(Simulation simulation, bool inChild)
    {
        int heard = 0;
        Controller book = CreateController(options =>
        {
            options.Name = "book";
            options.AddTimer(TimeSpan.FromMilliseconds(300), "tick");
            options.Mapping.On(Weighed, (_, _) => heard++).On("tick", () => { });
        });
        Controller scale = CreateController(options =>
        {
            options.Name = "scale";
            if (inChild)
            {
                options.AddSubprocess(child =>
                {
                    child.Mapping.On(Weigh, WeighOneAsync);
                    child.Idempotent(Weigh);
                });
            }
            else
            {
                options.Mapping.On(Weigh, WeighOneAsync);
            }
        });
        ControllerPool parcels = CreatePool(
            3,
            options =>
            {
                options.Name = "parcels";
                options.Mapping.On(
                    "parcel",
                    async (int number) =>
                    {
                        await Task.Yield();
                        await scale.Dispatch(Weigh, number);
                        book.Post(Weighed, number);
                    }
                );
            }
        );
        book.Run();
        scale.Run();
        parcels.Run();
        for (int i = 0; i < 6; i++)
        {
            parcels.Post("parcel", i);
            if (simulation.Random.Next(2) == 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(simulation.Random.Next(400)), simulation.Time);
            }
        }

        await simulation.SettleAsync();
        Assert.Equal(6, heard);
    }

    private static async Task<int> WeighOneAsync(Session session, int number)
    {
        await Task.Yield();
        return 2 * number;
    }
}
