namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>P15: a wait inside a handler that can only end after the handler fails at once.</summary>
public abstract class SelfAwaitContract : ContractBase
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OwnQueuedEvent_AwaitedInAHandler_ThrowsAtOnceAndStillRuns(bool afterAnAwait)
    {
        Pending? queued = null;
        IController controller = null!;
        controller = Start(m =>
            m.On(
                    "outer",
                    async _ =>
                    {
                        if (afterAnAwait)
                        {
                            await Task.Yield();
                        }

                        queued = controller.Dispatch("inner");
                        await queued;
                    }
                )
                .On("inner", _ => 1)
        );

        SelfAwaitException failure = await Assert.ThrowsAsync<SelfAwaitException>(() =>
            controller.Dispatch("outer").Guarded()
        );

        Assert.Contains("'outer'", failure.Message);
        Assert.Contains("'inner'", failure.Message);
        Assert.Equal([1], await queued!.Guarded());
    }

    [Fact]
    public async Task EveryWayToWait_InAHandler_ThrowsAtOnce()
    {
        IController controller = null!;
        Journal<Type?> thrown = new();
        Func<Pending, Task>[] waits =
        [
            async pending => await pending,
            pending => pending.AsTask(),
            pending => pending.WaitAsync(HangGuard.Limit),
            pending => pending.SettledAsync(),
            _ => controller.WaitForIdleAsync(),
            _ => controller.PendingAsync(),
            _ => controller.WaitAsync(),
        ];
        controller = Start(m =>
            m.On(
                    "outer",
                    async _ =>
                    {
                        Pending queued = controller.Dispatch("inner");
                        foreach (Func<Pending, Task> wait in waits)
                        {
                            thrown.Add((await Record.ExceptionAsync(() => wait(queued)))?.GetType());
                        }
                    }
                )
                .On("inner", _ => 1)
        );

        await controller.Dispatch("outer").Guarded();

        Assert.Equal(Enumerable.Repeat(typeof(SelfAwaitException), waits.Length), thrown.Entries);
    }

    [Fact]
    public async Task OwnQueuedEvent_AwaitedInAHook_ThrowsAtOnce()
    {
        IController controller = null!;
        controller = Start(m =>
            m.Before(async session =>
                {
                    if (session.Event is "outer")
                    {
                        await controller.Dispatch("inner");
                    }
                })
                .On("outer", _ => 0)
                .On("inner", _ => 1)
        );

        HookFailedException failure = await Assert.ThrowsAsync<HookFailedException>(() =>
            controller.Dispatch("outer").Guarded()
        );

        Assert.IsType<SelfAwaitException>(failure.InnerException);
    }

    [Fact]
    public async Task OwnSettledEvent_AwaitedInAHandler_GivesItsResults()
    {
        IController controller = null!;
        Pending? settled = null;
        controller = Start(m => m.On("first", _ => 1).On("second", async _ => (await settled!)[0]));
        settled = controller.Dispatch("first");
        await settled.Guarded();

        Assert.Equal([1], await controller.Dispatch("second").Guarded());
    }

    [Fact]
    public async Task AnotherControllersEvent_AwaitedInAHandler_Works()
    {
        IController other = Start(m =>
            m.On(
                "inner",
                async _ =>
                {
                    await Task.Yield();
                    return 1;
                }
            )
        );
        IController controller = Start(m => m.On("outer", async _ => (await other.Dispatch("inner"))[0]));

        Assert.Equal([1], await controller.Dispatch("outer").Guarded());
        Assert.Equal(1, (object?)await controller.Submit(async () => (await other.Dispatch("inner"))[0]).Guarded());
    }

    [Fact]
    public async Task OwnEvent_DispatchedWithoutAwaiting_RunsAfterTheHandler()
    {
        IController controller = null!;
        controller = Start(m => m.On("outer", _ => (object)controller.Dispatch("inner")).On("inner", _ => 1));

        Pending inner = (Pending)(await controller.Dispatch("outer").Guarded())[0]!;

        Assert.Equal([1], await inner.Guarded());
    }

    [Fact]
    public async Task OwnRunningEvent_AwaitedByItsOwnHandler_ThrowsAtOnce()
    {
        TaskCompletionSource<Pending> self = new();
        IController controller = Start(m => m.On("x", async _ => await await self.Task));

        Pending pending = controller.Dispatch("x");
        self.SetResult(pending);

        await Assert.ThrowsAsync<SelfAwaitException>(() => pending.Guarded());
    }
}
