namespace EventDrivenActors.TestSupport.Contracts;

/// <content>Handlers that block their threads, or do not wait.</content>
public abstract partial class WaitChainContract
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Handler_ThatBlocksItsThreadOnAnotherOneThatWaits_IsToldWithinFiveSeconds(bool throughAnother)
    {
        IController controller = null!;
        IController other = Start(m => m.On("ask", async _ => await controller.Dispatch("x")));
        controller = Start(m =>
            m.On(
                    "go",
                    _ =>
                        (object?)
                            Task.Run(async () =>
                                    await (throughAnother ? other.Dispatch("ask") : controller.Dispatch("x"))
                                )
                                .GetAwaiter()
                                .GetResult()
                )
                .On("x", _ => 1)
        );

        Pending go = controller.Dispatch("go");
        await DriveForFiveSecondsAsync(go);

        Assert.IsType<SelfAwaitException>(go.Exception);
        await controller.WaitForIdleAsync().Guarded();
        await other.WaitForIdleAsync().Guarded();
    }

    [Theory]
    [InlineData("as a task")]
    [InlineData("by its awaiter")]
    [InlineData("by its configured awaiter")]
    [InlineData("as a typed one")]
    [InlineData("until it has settled")]
    public async Task Handler_ThatBlocksItsThreadOnItsOwnWait_IsSeenAtOnce(string blocks)
    {
        IController b = null!;
        IController a = Start(m => m.On("outer", _ => Block(b)).On("inner", _ => 1));
        b = Start(m => m.On("ask", async _ => await AwaitAsync(a.Dispatch("inner"))));

        await Assert.ThrowsAsync<SelfAwaitException>(() => a.Dispatch("outer").Guarded());

        await a.WaitForIdleAsync().Guarded();
        static async Task<object?> AwaitAsync(Pending pending) => await pending;

        // The clock of the runtime stands still, so only the refusal of a wait lets either of them continue.
        object? Block(IController other) =>
            blocks switch
            {
                "as a task" => other.Dispatch("ask").AsTask().GetAwaiter().GetResult(),
                "by its awaiter" => other.Dispatch("ask").GetAwaiter().GetResult(),
                "by its configured awaiter" => other.Dispatch("ask").ConfigureAwait(false).GetAwaiter().GetResult(),
                "as a typed one" => other.Dispatch(new EventKey<int, object?>("ask"), 1).GetAwaiter().GetResult(),
                _ => Settled(other.Dispatch("ask")),
            };

        static object? Settled(Pending pending) =>
            pending.SettledAsync().GetAwaiter().GetResult() == PendingStatus.Faulted ? throw pending.Exception! : null;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Handler_ThatDoesNotWaitForItsFlow_IsLeftAlone(bool suspends)
    {
        using ManualResetEventSlim computed = new();
        Gate gate = NewGate();
        TaskCompletionSource<Task<IReadOnlyList<object?>>> left = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        IController controller = null!;
        controller = Start(m =>
            m.On(
                    "go",
                    (Func<Session, Task>)(
                        session =>
                        {
                            _ = Task.Run(() => left.SetResult(controller.Dispatch("x").AsTask()));
                            if (suspends)
                            {
                                return gate.PassAsync();
                            }

                            computed.Wait(HangGuard.Limit);
                            return Task.CompletedTask;
                        }
                    )
                )
                .On("x", _ => 1)
        );

        Pending go = controller.Dispatch("go");
        Task<IReadOnlyList<object?>> waiting = await left.Task.Guarded();
        Time.Advance(TimeSpan.FromSeconds(4));
        await MarkerAsync();
        Assert.False(waiting.IsCompleted);
        computed.Set();
        gate.Open();

        Assert.Equal([1], await waiting.Guarded());
        Assert.Equal(PendingStatus.Completed, await go.StatusAsync());
    }

    [Fact]
    public async Task Wait_ThatItsHandlerHasGivenUp_BlocksNobodyElse()
    {
        Gate gate = NewGate();
        Gate busy = NewGate();
        TaskCompletionSource other = new(TaskCreationOptions.RunContinuationsAsynchronously);
        IController b = null!;
        IController a = Start(m =>
            m.On(
                    "outer",
                    async _ =>
                    {
                        await busy.PassAsync();
                        return (await b.Dispatch("next"))[0];
                    }
                )
                .On("inner", _ => 1)
        );
        b = Start(m =>
            m.On(
                    "ask",
                    async _ =>
                    {
                        await Task.WhenAny(a.Dispatch("inner").AsTask(), other.Task);
                        await Assert.ThrowsAsync<TimeoutException>(() => a.Dispatch("inner").WaitAsync(TimeSpan.Zero));
                        await gate.PassAsync();
                    }
                )
                .On("next", _ => 2)
        );
        Pending outer = a.Dispatch("outer");
        await busy.Entered;
        Pending ask = b.Dispatch("ask");
        other.SetResult();
        await gate.Entered;

        busy.Open();
        await MarkerAsync();
        Assert.False(outer.IsSettled);
        gate.Open();

        Assert.Equal([2], await outer.Guarded());
        Assert.Equal(PendingStatus.Completed, await ask.StatusAsync());
    }

    private async Task DriveForFiveSecondsAsync(Pending pending)
    {
        // The flow on the other thread begins to wait at some point; nothing else uses this clock.
        Task settled = pending.SettledAsync();
        for (int i = 0; !settled.IsCompleted && i < 1_000_000; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(5));
            await MarkerAsync();
        }

        await settled.Guarded();
    }

    private static async Task AwaitLaterAsync(Pending pending)
    {
        await Task.Yield();
        await Task.WhenAll(AwaitAsync(pending), Task.CompletedTask);

        static async Task AwaitAsync(Pending pending)
        {
            await Task.Yield();
            await pending;
        }
    }
}
