namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>
/// P15: waits of handlers that need one another's end fail at once, in every form and through every chain.
/// </summary>
public abstract partial class WaitChainContract : ContractBase
{
    public static TheoryData<string> Forms => new(Waits.Keys);

    private static Dictionary<string, Func<IController, Pending, Task>> Waits { get; } =
        new()
        {
            ["await"] = async (_, pending) => await pending,
            ["AsTask"] = (_, pending) => pending.AsTask(),
            ["SettledAsync"] = (_, pending) => pending.SettledAsync(),
            ["WaitAsync"] = (_, pending) => pending.WaitAsync(HangGuard.Limit),
            ["WhenAll"] = (_, pending) => Task.WhenAll(pending.AsTask(), Task.CompletedTask),
            ["a flow of its own"] = (_, pending) => Task.Run(async () => await pending),
            ["a helper of a helper"] = (_, pending) => AwaitLaterAsync(pending),
            ["idle"] = (other, _) => other.WaitForIdleAsync(),
            ["the end"] = (other, _) => other.WaitAsync(),
        };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task TwoControllers_ThatAwaitEachOther_OneIsToldAndBothGoOn(string form)
    {
        IController b = null!;
        TaskCompletionSource<Pending> asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        IController a = Start(m =>
            m.On(
                    "outer",
                    async _ =>
                    {
                        Pending ask = b.Dispatch("ask");
                        asked.SetResult(ask);
                        await Waits[form](b, ask);
                    }
                )
                .On("inner", _ => 1)
        );
        Pending? inner = null;
        b = Start(m => m.On("ask", async _ => await (inner = a.Dispatch("inner"))));

        Pending outer = a.Dispatch("outer");
        await (await asked.Task.Guarded()).StatusAsync();
        _ = form == "the end" ? b.ShutdownAsync() : Task.CompletedTask;
        await outer.StatusAsync();
        await a.WaitForIdleAsync().Guarded();
        await b.WaitForIdleAsync().Guarded();

        Assert.Equal([1], await inner!.Guarded());
        if (outer.Exception is { } failure)
        {
            Assert.IsType<SelfAwaitException>(failure);
            Assert.All(
                ["'ask'", "'inner'", "'outer'", $"'{a.Name}'", $"'{b.Name}'"],
                named => Assert.Contains(named, failure.Message)
            );
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task OwnController_AwaitedAfterTheHandlerHasSuspended_IsRefused(string form)
    {
        IController controller = null!;
        controller = Start(m =>
            m.On(
                    "outer",
                    async _ =>
                    {
                        await Task.Yield();
                        await Waits[form](controller, controller.Dispatch("inner"));
                    }
                )
                .On("inner", _ => 1)
        );

        await Assert.ThrowsAsync<SelfAwaitException>(() => controller.Dispatch("outer").Guarded());

        await controller.WaitForIdleAsync().Guarded();
    }

    [Fact]
    public async Task Chain_OfManyControllers_IsNamedInTheMessage()
    {
        const int Count = 5;
        IController[] ring = new IController[Count];
        for (int i = 0; i < Count; i++)
        {
            int next = (i + 1) % Count;
            ring[i] = Start(m =>
                m.On(
                        "go round",
                        async _ =>
                        {
                            await Task.Yield();
                            await AwaitLaterAsync(ring[next].Dispatch(next == 0 ? "home" : "go round"));
                        }
                    )
                    .On("home", _ => 1)
            );
        }

        SelfAwaitException failure = await Assert.ThrowsAsync<SelfAwaitException>(() =>
            ring[0].Dispatch("go round").Guarded()
        );

        Assert.All(ring, controller => Assert.Contains($"'{controller.Name}'", failure.Message));
        Assert.Contains("'home'", failure.Message);
        foreach (IController controller in ring)
        {
            await controller.WaitForIdleAsync().Guarded();
        }
    }

    [Fact]
    public async Task Circle_ClosedFromBothEndsAtOnce_ExactlyOneIsTold()
    {
        for (int i = 0; i < 200; i++)
        {
            using Barrier both = new(2);
            IController a = null!;
            IController b = null!;
            a = Start(m => m.On("outer", async _ => await Meet(both, b).Dispatch("inner")).On("inner", _ => 1));
            b = Start(m => m.On("outer", async _ => await Meet(both, a).Dispatch("inner")).On("inner", _ => 1));

            Pending[] outer = [a.Dispatch("outer"), b.Dispatch("outer")];
            await Task.WhenAll(outer.Select(one => one.SettledAsync())).Guarded();

            _ = Assert.Single(outer, one => one.Exception is SelfAwaitException);
            _ = Assert.Single(outer, one => one.Status == PendingStatus.Completed);
        }

        static IController Meet(Barrier both, IController other)
        {
            Assert.True(both.SignalAndWait(HangGuard.Limit));
            return other;
        }
    }

    [Fact]
    public async Task Room_InAQueueOfAControllerThatAwaitsTheHandler_IsRefusedAndNothingIsQueued()
    {
        Journal<int> ran = new();
        IController b = null!;
        IController a = Start(
            m => m.On("outer", async _ => await b.Dispatch("ask")).On("inner", session => ran.Add((int)session.Value!)),
            o => o.Capacity = 1
        );
        b = Start(m =>
            m.On(
                "ask",
                async _ =>
                {
                    await Task.Yield();
                    a.Post("inner", 1);
                    await a.DispatchAsync("inner", 2);
                }
            )
        );

        SelfAwaitException failure = await Assert.ThrowsAsync<SelfAwaitException>(() => a.Dispatch("outer").Guarded());
        await a.WaitForIdleAsync().Guarded();

        Assert.Contains("room in the queue", failure.Message);
        Assert.Equal([1], ran.Entries);
    }

    [Fact]
    public async Task OwnRoom_AwaitedByAHandler_IsRefused()
    {
        IController controller = null!;
        controller = Start(
            m =>
                m.On(
                    "outer",
                    async _ =>
                    {
                        controller.Post("inner");
                        await controller.DispatchAsync("inner");
                    }
                ),
            o => o.Capacity = 1
        );

        await Assert.ThrowsAsync<SelfAwaitException>(() => controller.Dispatch("outer").Guarded());
    }

    [Fact]
    public async Task Shutdown_OfAControllerWhoseHandlerAwaitsTheCaller_IsNotWaitedFor()
    {
        IController b = null!;
        IController a = Start(m => m.On("outer", async _ => (object?)await b.ShutdownAsync()).On("inner", _ => 1));
        Gate gate = NewGate();
        b = Start(m =>
            m.On(
                "ask",
                async _ =>
                {
                    Pending inner = a.Dispatch("inner");
                    Task wait = inner.AsTask();
                    await gate.PassAsync();
                    await wait;
                }
            )
        );
        Gate occupied = await OccupyAsync(a);
        Pending outer = a.Dispatch("outer");
        Pending ask = b.Dispatch("ask");
        await gate.Entered;
        gate.Open();
        occupied.Open();

        ShutdownReport report = (ShutdownReport)(await outer.Guarded())[0]!;
        await b.WaitAsync().Guarded();

        Assert.False(report.Ended);
        Assert.Equal(PendingStatus.Completed, ask.Status);
    }
}
