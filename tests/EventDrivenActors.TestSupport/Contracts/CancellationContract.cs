namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>P14, first half: cancelling an event before and while it runs.</summary>
public abstract class CancellationContract : ContractBase
{
    [Fact]
    public async Task Submit_OfASynchronousFunctionCancelledBeforeItsStart_NeverRuns()
    {
        using CancellationTokenSource source = new();
        int ran = 0;
        IController controller = Start(_ => { });
        Gate gate = await OccupyAsync(controller);
        Pending action = controller.Submit(
            () =>
            {
                ran++;
            },
            cancellationToken: source.Token
        );
        Pending<int> sum = controller.Submit((a, b) => ran += a + b, 1, 2, cancellationToken: source.Token);

        await source.CancelAsync();
        Pending<int> late = controller.Submit(() => ++ran, cancellationToken: source.Token);
        gate.Open();

        foreach (Pending pending in (Pending[])[action, sum, late])
        {
            Assert.Equal(PendingStatus.Cancelled, await pending.StatusAsync());
        }

        await controller.WaitForIdleAsync().Guarded();
        Assert.Equal(0, ran);
    }

    [Fact]
    public async Task Submit_OfASynchronousFunctionWithAToken_GetsThatOfTheEvent()
    {
        using CancellationTokenSource source = new();
        IController controller = Start(_ => { });
        Gate arrived = NewGate();
        Pending<bool> waiting = controller.Submit(
            (Gate gate, CancellationToken token) =>
            {
                _ = gate.PassAsync();
                return token.WaitHandle.WaitOne(HangGuard.Limit);
            },
            arrived,
            cancellationToken: source.Token
        );
        await arrived.Entered;
        await source.CancelAsync();

        Assert.True(await waiting.Guarded());
        Assert.False(await controller.Submit(token => token.IsCancellationRequested).Guarded());
    }

    [Fact]
    public async Task TokenCancelledBeforeDispatch_MeansThatItNeverRuns()
    {
        Journal<string> journal = new();
        IController controller = Start(m => m.On("x", _ => journal.Add("x")));

        Pending pending = controller.Dispatch("x", cancellationToken: new CancellationToken(canceled: true));

        Assert.Equal(PendingStatus.Cancelled, await pending.StatusAsync());
        await controller.WaitForIdleAsync().Guarded();
        Assert.Empty(journal.Entries);
    }

    [Fact]
    public async Task TokenCancelledWhileQueued_MeansThatItNeverRuns()
    {
        using CancellationTokenSource source = new();
        Journal<string> journal = new();
        IController controller = Start(m => m.On("x", (string name) => journal.Add(name)));
        Gate gate = await OccupyAsync(controller);
        Pending cancelled = controller.Dispatch("x", "cancelled", cancellationToken: source.Token);
        Pending other = controller.Dispatch("x", "other");

        await source.CancelAsync();
        Assert.Equal(PendingStatus.Cancelled, await cancelled.StatusAsync());
        gate.Open();
        await other.Guarded();

        Assert.Equal(["other"], journal.Entries);
    }

    [Fact]
    public async Task Cancel_OfAQueuedEvent_MeansThatItNeverRuns()
    {
        Journal<string> journal = new();
        IController controller = Start(m => m.On("x", _ => journal.Add("x")));
        Gate gate = await OccupyAsync(controller);
        Pending pending = controller.Dispatch("x");

        Assert.True(pending.Cancel());
        Assert.Equal(PendingStatus.Cancelled, pending.Status);
        Assert.False(pending.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending.Guarded());
        gate.Open();
        await controller.WaitForIdleAsync().Guarded();

        Assert.Empty(journal.Entries);
    }

    [Fact]
    public async Task Cancel_OfARunningEvent_FiresItsTokenAndCancelsIt()
    {
        Gate gate = NewGate();
        Journal<string> errors = new();
        IController controller = Start(m =>
            m.On("x", async (CancellationToken token) => await gate.PassAsync().WaitAsync(token))
                .On(ControllerEvents.Error, (_, _) => errors.Add("error"))
        );
        Pending pending = controller.Dispatch("x");
        await gate.Entered;

        Assert.True(pending.Cancel());

        Assert.Equal(PendingStatus.Cancelled, await pending.StatusAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending.Guarded());
        await controller.WaitForIdleAsync().Guarded();
        Assert.Empty(errors.Entries);
    }

    [Fact]
    public async Task TokenCancelledWhileRunning_FiresTheSessionsToken()
    {
        using CancellationTokenSource source = new();
        Gate gate = NewGate();
        IController controller = Start(m =>
            m.On("x", async session => await gate.PassAsync().WaitAsync(session.CancellationToken))
        );
        Pending pending = controller.Dispatch("x", cancellationToken: source.Token);
        await gate.Entered;

        await source.CancelAsync();

        Assert.Equal(PendingStatus.Cancelled, await pending.StatusAsync());
    }

    [Fact]
    public async Task CancelledHandler_ThatCompletesAnyway_IsCompleted()
    {
        Gate gate = NewGate();
        IController controller = Start(m =>
            m.On(
                "x",
                async session =>
                {
                    await gate.PassAsync();
                    return session.CancellationToken.IsCancellationRequested;
                }
            )
        );
        Pending pending = controller.Dispatch("x");
        await gate.Entered;

        Assert.True(pending.Cancel());
        gate.Open();

        Assert.Equal([true], await pending.Guarded());
        Assert.Equal(PendingStatus.Completed, pending.Status);
    }

    [Fact]
    public async Task CancelledException_OfAnotherToken_IsAFailure()
    {
        IController controller = Start(m =>
            m.On(
                "x",
                _ =>
                {
                    new CancellationToken(canceled: true).ThrowIfCancellationRequested();
                }
            )
        );

        Pending pending = controller.Dispatch("x");

        Assert.Equal(PendingStatus.Faulted, await pending.StatusAsync());
    }

    [Fact]
    public async Task Cancel_OfOneEvent_DoesNotReachTheNext()
    {
        Gate gate = NewGate();
        IController controller = Start(m =>
            m.On("x", async session => await gate.PassAsync().WaitAsync(session.CancellationToken))
                .On("next", session => session.CancellationToken.IsCancellationRequested)
        );
        Pending pending = controller.Dispatch("x");
        await gate.Entered;
        pending.Cancel();
        await pending.StatusAsync();

        for (int i = 0; i < Workers * 2; i++)
        {
            Assert.Equal([false], await controller.Dispatch("next").Guarded());
        }
    }

    [Fact]
    public async Task TokenCallback_ThatThrowsOrBlocks_DoesNotReachTheCanceller()
    {
        using ManualResetEventSlim never = new();
        Gate gate = NewGate();
        IController controller = Start(m =>
            m.On(
                "x",
                async session =>
                {
                    session.CancellationToken.Register(() => throw new TestFailureException());
                    session.CancellationToken.Register(() => never.Wait(HangGuard.Limit));
                    await gate.PassAsync();
                }
            )
        );
        Pending pending = controller.Dispatch("x");
        await gate.Entered;

        Assert.True(pending.Cancel());
        gate.Open();

        Assert.Equal(PendingStatus.Completed, await pending.StatusAsync());
        never.Set();
    }

    [Fact]
    public async Task SubmittedFunction_Cancelled_SeesItsToken()
    {
        Gate gate = NewGate();
        IController controller = Start(_ => { });
        Pending pending = controller.Submit(async (CancellationToken token) => await gate.PassAsync().WaitAsync(token));
        await gate.Entered;

        pending.Cancel();

        Assert.Equal(PendingStatus.Cancelled, await pending.StatusAsync());
    }
}
