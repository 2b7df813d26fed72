namespace EventDrivenActors.TestSupport.Contracts;

/// <content>The ends of events that do not complete.</content>
public abstract partial class SettlementContract
{
    [Fact]
    public async Task SkippedEvent_Awaited_GivesAnEmptyListOrSaysSo()
    {
        IController controller = Start(m => m.Before(session => session.Skip()).On(Double, (_, value) => value));

        Pending plain = controller.Dispatch("double", 1);
        Pending<int> typed = controller.Dispatch(Double, 1);

        Assert.Empty(await plain.Guarded());
        Assert.Equal(PendingStatus.Skipped, plain.Status);
        await Assert.ThrowsAsync<EventSkippedException>(() => typed.Guarded());
    }

    [Fact]
    public async Task CleanedEvents_Settle_AsCancelled()
    {
        IController controller = Start(m => m.On("x", _ => 1));
        Gate gate = await OccupyAsync(controller);
        Pending[] queued = [controller.Dispatch("x"), controller.Dispatch("x")];

        Assert.Equal(2, controller.Clean());

        foreach (Pending pending in queued)
        {
            OperationCanceledException failure = await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                pending.Guarded()
            );
            Assert.Contains("'x'", failure.Message);
            Assert.Contains($"'{controller.Name}'", failure.Message);
            Assert.Equal(PendingStatus.Cancelled, pending.Status);
        }

        gate.Open();
        Assert.Equal([1], await controller.Dispatch("x").Guarded());
    }

    [Fact]
    public async Task SettledEvent_Cancelled_StaysAsItIs()
    {
        IController controller = Start(m => m.On("x", _ => 1));
        Pending pending = controller.Dispatch("x");
        await pending.Guarded();

        Assert.False(pending.Cancel());
        Assert.Equal(PendingStatus.Completed, pending.Status);
        Assert.Equal([1], await pending.Guarded());
    }

    [Fact]
    public async Task OneContext_UsedForSeveralEvents_SettlesThemAll()
    {
        SessionKey<string> name = new("name");
        SessionContext context = SessionContext.Empty.With(name, "shared");
        IController controller = Start(m => m.On("x", session => session.Get(name)));

        Pending[] pendings = [.. Enumerable.Range(0, 4).Select(_ => controller.Dispatch("x", context: context))];

        foreach (Pending pending in pendings)
        {
            Assert.Equal(["shared"], await pending.Guarded());
        }

        Assert.Single(context);
    }

    [Fact]
    public async Task Continuation_ThatBlocks_DoesNotHoldTheLoop()
    {
        using ManualResetEventSlim later = new();
        IController controller = Start(m => m.On("first", _ => 1).On("second", _ => later.Set()));
        Gate gate = await OccupyAsync(controller);
        Task<bool> waiter = BlockAfterAsync(controller.Dispatch("first"), later);
        Pending second = controller.Dispatch("second");

        gate.Open();

        await second.Guarded();
        Assert.True(await waiter.Guarded());
    }

    [Fact]
    public async Task ManyAwaiters_OfOneEvent_AllGetTheResults()
    {
        IController controller = Start(m => m.On("x", _ => 1));
        Gate gate = await OccupyAsync(controller);
        Pending pending = controller.Dispatch("x");
        Task<IReadOnlyList<object?>>[] waiters = [.. Enumerable.Range(0, 10).Select(_ => pending.AsTask())];

        gate.Open();

        foreach (IReadOnlyList<object?> results in await Task.WhenAll(waiters).Guarded())
        {
            Assert.Equal([1], results);
        }
    }

    [Fact]
    public async Task HundredThousandEvents_FromAHundredThreads_AllSettleOnce()
    {
        int handled = 0;
        IController controller = Start(m =>
            m.On(
                "x",
                (int n) =>
                {
                    Interlocked.Increment(ref handled);
                    return n;
                }
            )
        );
        Pending[] pendings = new Pending[100_000];

        await Crowd.RunAsync(
            100,
            thread =>
            {
                for (int i = thread * 1_000; i < (thread + 1) * 1_000; i++)
                {
                    pendings[i] = controller.Dispatch("x", i);
                }
            }
        );

        for (int i = 0; i < pendings.Length; i++)
        {
            IReadOnlyList<object?> results = pendings[i].IsSettled ? await pendings[i] : await pendings[i].Guarded();
            Assert.Equal(i, Assert.Single(results));
        }

        Assert.Equal(pendings.Length, handled);
    }

    private static async Task<bool> BlockAfterAsync(Pending pending, ManualResetEventSlim released)
    {
        await pending;
        return released.Wait(HangGuard.Limit);
    }
}
