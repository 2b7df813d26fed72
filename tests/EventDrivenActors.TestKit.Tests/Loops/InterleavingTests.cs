using EventDrivenActors.TestSupport;

namespace EventDrivenActors.TestKit.Tests.Loops;

public sealed class InterleavingTests : ControllerTestKit
{
    [Fact]
    public async Task Race_IsFoundAndReplayedByItsSeed()
    {
        InterleavingException found = await Assert.ThrowsAsync<InterleavingException>(() =>
            ExploreAsync(200, LostUpdateAsync)
        );

        Assert.Contains($"ReplayAsync({found.Seed}, …)", found.Message);
        Assert.Contains("The order of events:", found.Message);
        for (int i = 0; i < 3; i++)
        {
            InterleavingException again = await Assert.ThrowsAsync<InterleavingException>(() =>
                ReplayAsync(found.Seed, LostUpdateAsync)
            );
            Assert.Equal(found.Message, again.Message);
        }
    }

    [Fact]
    public async Task Seeds_GiveManyOrders_AndEachTheSameOneAgain()
    {
        List<string> orders = [];
        for (int round = 0; round < 2; round++)
        {
            for (int seed = 1; seed <= 20; seed++)
            {
                List<string> order = [];
                await ReplayAsync(
                    seed,
                    async () =>
                    {
                        Controller[] controllers =
                        [
                            .. "abc".Select(name =>
                                CreateController(options =>
                                    options.Mapping.On(
                                        "note",
                                        async (int number) =>
                                        {
                                            order.Add($"{name}{number}");
                                            await Task.Yield();
                                            order.Add($"{name}{number}.");
                                        }
                                    )
                                )
                            ),
                        ];
                        foreach (Controller controller in controllers)
                        {
                            controller.Run();
                            controller.PostMany("note", 1, 2);
                        }

                        await QuietAsync();
                    }
                );
                Assert.Equal(12, order.Count);
                orders.Add(string.Join(' ', order));
            }
        }

        Assert.Equal(orders[..20], orders[20..]);
        Assert.InRange(orders.Distinct().Count(), 15, 20);
    }

    [Fact]
    public async Task OneControllersEvents_StayInOrderWithEverySeed() =>
        await ExploreAsync(
            20,
            async () =>
            {
                List<int> taken = [];
                Controller controller = CreateController(options =>
                    options.Mapping.On(
                        "note",
                        async (int number) =>
                        {
                            taken.Add(number);
                            await Task.Yield();
                        }
                    )
                );
                controller.Run();
                await Task.WhenAll(
                    Enumerable.Range(0, 10).Select(number => controller.Dispatch("note", number).AsTask())
                );
                Assert.Equal(Enumerable.Range(0, 10), taken);
            }
        );

    [Fact]
    public async Task VirtualTime_MovesInAnInterleaving() =>
        await ExploreAsync(
            5,
            async () =>
            {
                int ticks = 0;
                Controller controller = CreateController(options =>
                {
                    options.AddTimer(TimeSpan.FromHours(1));
                    options.Mapping.On(ControllerEvents.Timing, _ => ticks++);
                });
                EventProbe probe = CreateEventProbe(controller);
                controller.Run();
                await Time.AdvanceAsync(TimeSpan.FromHours(24));
                Assert.Equal(24, ticks);
                await probe.ExpectEventAsync(ControllerEvents.Timing);
            }
        );

    [Fact]
    public async Task Listening_Pools_AndShutdown_WorkInAnInterleaving() =>
        await ExploreAsync(
            20,
            async () =>
            {
                ControllerPool pool = CreatePool(3, options => options.Mapping.On("pack", (int number) => number * 2));
                int heard = 0;
                Controller audit = CreateController(options =>
                    options.Mapping.On("pack", (ForwardedEvent _) => heard++)
                );
                pool.Run();
                audit.Run();
                using IDisposable tap = audit.Listen(pool, "pack");
                IReadOnlyList<object?>[] results = await Task.WhenAll(
                    Enumerable.Range(0, 6).Select(number => pool.Dispatch("pack", number).AsTask())
                );
                await QuietAsync();
                Assert.Equal(6, heard);
                Assert.Equal([0, 2, 4, 6, 8, 10], results.Select(result => result[0]));
                Assert.True((await pool.ShutdownAsync()).Ended);
            }
        );

    [Fact]
    public async Task FailureThatNobodyAwaits_FailsItsSeed()
    {
        InterleavingException failure = await Assert.ThrowsAsync<InterleavingException>(() =>
            ExploreAsync(
                3,
                async () =>
                {
                    Controller controller = CreateController(options =>
                        options.Mapping.On("bad", _ => throw new TestFailureException())
                    );
                    controller.Run();
                    controller.Post("bad");
                    await QuietAsync();
                }
            )
        );

        Assert.Equal(1, failure.Seed);
        Assert.Contains(nameof(TestFailureException), failure.Message);
    }

    /// <summary>Two workers read a number, look away, and write it back.</summary>
    private async Task LostUpdateAsync()
    {
        int stock = 10;
        ControllerPool pool = CreatePool(
            2,
            options =>
                options.Mapping.On(
                    "take",
                    async () =>
                    {
                        int seen = stock;
                        await Task.Yield();
                        stock = seen - 1;
                    }
                )
        );
        pool.Run();
        await Task.WhenAll(pool.Dispatch("take").AsTask(), pool.Dispatch("take").AsTask());
        Assert.Equal(8, stock);
    }
}
