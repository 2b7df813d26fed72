using EventDrivenActors.TestSupport;

namespace EventDrivenActors.TestKit.Tests.Simulating;

/// <summary>What a simulation finds in the programs of users, and what it says of it.</summary>
public sealed partial class SimulationTests : ControllerTestKit
{
    private static readonly EventKey<int, int> Count = new("count");

    [Fact]
    public async Task EventThatACrashCosts_IsFoundAndShrunkToTheCrash()
    {
        SimulationException found = await FoundAsync(200, CountCarelesslyAsync);

        Assert.Equal("every number is counted", found.Invariant);
        Assert.Equal(0, found.TurnsOutOfOrder);
        string fault = Assert.Single(found.Faults);
        Assert.StartsWith("a child of 'counting' ", fault);
        Assert.StartsWith(
            $"Seed {found.Seed} breaks 'every number is counted'; ReplaySimulationAsync(\"{found.Replay}\", …) runs "
                + "it again.",
            found.Message
        );
        Assert.Contains("counting: child 1 ", found.Order);
    }

    [Fact]
    public async Task IdempotentEvents_AreCountedWhateverDies() =>
        await SimulateAsync(100, simulation => CountAsync(simulation, idempotent: true));

    [Fact]
    public async Task Failure_IsReplayedEachTime()
    {
        SimulationException found = await FoundAsync(200, CountCarelesslyAsync);

        for (int i = 0; i < 3; i++)
        {
            SimulationException again = await Assert.ThrowsAsync<SimulationException>(() =>
                ReplaySimulationAsync(found.Replay, CountCarelesslyAsync)
            );
            Assert.Equal(found.Invariant, again.Invariant);
            Assert.Equal(found.Faults, again.Faults);
            Assert.Equal(found.Replay, again.Replay);
        }
    }

    [Fact]
    public async Task Seed_ByItself_RunsAllOfIt()
    {
        SimulationException found = await FoundAsync(200, CountCarelesslyAsync);

        SimulationException whole = await Assert.ThrowsAsync<SimulationException>(() =>
            ReplaySimulationAsync($"{found.Seed}", CountCarelesslyAsync)
        );

        Assert.Equal(found.Invariant, whole.Invariant);
        Assert.Equal($"{found.Seed}", whole.Replay);
    }

    [Fact]
    public async Task Race_IsFoundAndShrunkToItsTurns()
    {
        SimulationException found = await FoundAsync(200, LoseAnUpdateAsync);

        Assert.Equal("nothing is taken twice", found.Invariant);
        Assert.Empty(found.Faults);
        Assert.InRange(found.TurnsOutOfOrder, 1, 3);
    }

    [Fact]
    public async Task Race_WithoutInterleavings_IsNotFound() =>
        await SimulateAsync(200, LoseAnUpdateAsync, options => options.Interleavings = false);

    [Fact]
    public async Task Crash_WithoutDeaths_IsNotFound() =>
        await SimulateAsync(
            100,
            CountCarelesslyAsync,
            options =>
            {
                options.ChildDeaths = false;
                options.Freezes = false;
                options.ClockJumps = false;
            }
        );

    [Fact]
    public async Task Program_ThatWaitsForAnEventThatNeverComes_IsToldWhatIsOpen()
    {
        SimulationException found = await FoundAsync(
            1,
            async _ =>
            {
                TaskCompletionSource never = new();
                Controller controller = CreateController(options =>
                {
                    options.Name = "patient";
                    options.Mapping.On("wait", () => never.Task);
                });
                controller.Run();
                await controller.Dispatch("wait");
            }
        );

        Assert.Contains("does not end", found.Message);
        Assert.Contains("'wait' of 'patient' is Running", found.Message);
        Assert.Equal("1: no faults, no turns, no pieces", found.Replay);
    }

    [Fact]
    public async Task Program_WhoseTimersGoOn_EndsAtTheTimeLimit()
    {
        SimulationException found = await FoundAsync(
            1,
            async _ =>
            {
                Controller controller = CreateController(options => options.AddTimer(TimeSpan.FromMinutes(1), "tick"));
                controller.Mapping.Add("tick", () => { });
                controller.Run();
                await new TaskCompletionSource().Task;
            }
        );

        Assert.Contains("TimeLimit is the limit", found.Message);
    }

    [Fact]
    public async Task Events_WithoutEnd_EndAtTheStepLimit()
    {
        SimulationException found = await FoundAsync(
            1,
            async _ =>
            {
                Controller controller = CreateController(options =>
                    options.Mapping.On("again", session => session.Self.Post("again"))
                );
                controller.Run();
                await controller.Dispatch("again");
                await QuietAsync();
            },
            options => options.StepLimit = 1_000
        );

        Assert.Contains("StepLimit is the limit", found.Message);
    }

    [Fact]
    public async Task Always_IsCheckedAtEachQuietInstant()
    {
        SimulationException found = await FoundAsync(
            1,
            async simulation =>
            {
                int sum = 0;
                simulation.Always("the sum is small", () => sum < 3);
                Controller controller = CreateController(options => options.Mapping.On("add", () => sum++));
                controller.Run();
                for (int i = 0; i < 5; i++)
                {
                    await controller.Dispatch("add");
                    await Task.Delay(TimeSpan.FromSeconds(1), simulation.Time);
                }

                sum = 0;
            }
        );

        Assert.Equal("the sum is small", found.Invariant);
        Assert.Equal(3, found.Order.Split('\n').Count(line => line.Contains("add()")));
    }

    [Fact]
    public async Task FailureThatNobodyAwaits_FailsTheSeed()
    {
        SimulationException found = await FoundAsync(
            1,
            async _ =>
            {
                Controller controller = CreateController(options =>
                    options.Mapping.On("bad", _ => throw new TestFailureException())
                );
                controller.Run();
                controller.Post("bad");
                await QuietAsync();
            }
        );

        Assert.Contains(nameof(TestFailureException), found.Message);
        Assert.Null(found.Invariant);
    }

    [Fact]
    public async Task Clock_StartsAnewWithEachRun_AndTimersOfOneNeverFireInTheNext()
    {
        List<DateTimeOffset> starts = [];
        int rang = 0;
        await SimulateAsync(
            5,
            async simulation =>
            {
                starts.Add(simulation.Time.GetUtcNow());
                simulation.Time.CreateTimer(_ => rang++, null, TimeSpan.FromMinutes(10), Timeout.InfiniteTimeSpan);
                await Task.Delay(TimeSpan.FromMinutes(9), simulation.Time);
            },
            options => options.ClockJumps = false
        );

        Assert.Equal(5, starts.Count);
        Assert.Single(starts.Distinct());
        Assert.Equal(0, rang);
    }
}
