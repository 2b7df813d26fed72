namespace EventDrivenActors.TestSupport.Contracts;

/// <content>The places of a queue: waiting for one, and freeing it.</content>
public abstract partial class BackPressureContract
{
    [Fact]
    public async Task DispatchAsync_OfATypedKey_KeepsItsTypes()
    {
        EventKey<string, int> length = new("length");
        EventKey<string> note = new("note");
        Journal<string> notes = new();
        (IController controller, Gate gate) = await StartBusyAsync(
            1,
            m => m.On(length, (_, text) => text.Length).On(note, (_, text) => notes.Add(text))
        );
        controller.Post("x");
        ValueTask<Pending<int>> waiting = controller.DispatchAsync(length, "four");
        Assert.False(waiting.IsCompleted);
        gate.Open();

        int four = await (await waiting).Guarded();
        Assert.Equal(4, four);
        await (await controller.DispatchAsync(note, "noted")).Guarded();
        Assert.Equal(["noted"], notes.Entries);
    }

    [Fact]
    public async Task SubmitAsync_ToAFullQueue_WaitsForRoomAndKeepsItsType()
    {
        (IController controller, Gate gate) = await StartBusyAsync(1);
        controller.Post("x");
        ValueTask<Pending<int>> sum = controller.SubmitAsync((a, b) => a + b, 1, 2);
        ValueTask<Pending<string>> later = controller.SubmitAsync(
            async (string text, CancellationToken _) =>
            {
                await Task.Yield();
                return text;
            },
            "text"
        );
        Assert.False(sum.IsCompleted || later.IsCompleted);
        gate.Open();

        Assert.Equal(3, await (await sum).Guarded());
        Assert.Equal("text", await (await later).Guarded());
    }

    [Fact]
    public async Task SubmitAsync_CancelledWhileItWaits_NeverRuns()
    {
        using CancellationTokenSource source = new();
        bool ran = false;
        (IController controller, Gate gate) = await StartBusyAsync(1);
        controller.Post("x");
        Task<Pending> waiting = controller
            .SubmitAsync(
                () =>
                {
                    ran = true;
                },
                cancellationToken: source.Token
            )
            .AsTask();

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Guarded());
        gate.Open();
        await controller.WaitForIdleAsync().Guarded();
        Assert.False(ran);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task CancelledEvent_InAFullQueue_FreesItsPlaceAtOnce(int which)
    {
        Journal<int> journal = new();
        (IController controller, Gate gate) = await StartBusyAsync(3, m => m.On("note", (int n) => journal.Add(n)));
        Pending[] queued = [.. Enumerable.Range(0, 3).Select(n => controller.Dispatch("note", n))];
        Task<Pending> waiting = controller.DispatchAsync("note", 3).AsTask();
        Task taken = controller.PendingAsync();

        Assert.True(queued[which].Cancel());

        await waiting.Guarded();
        Assert.Throws<QueueFullException>(() => controller.Post("note", 4));
        Assert.False(taken.IsCompleted);
        gate.Open();
        await taken.Guarded();
        await controller.WaitForIdleAsync().Guarded();
        AssertStarted(Enumerable.Range(0, 4).Where(n => n != which), journal.Entries);
    }

    [Fact]
    public async Task CancelledEvents_InAFullQueue_FreeAsManyPlacesAndNoMore()
    {
        (IController controller, Gate gate) = await StartBusyAsync(2);
        using CancellationTokenSource source = new();
        _ = controller.Dispatch("x", 1, cancellationToken: source.Token);
        Pending second = controller.Dispatch("x", 2);
        await source.CancelAsync();
        Pending third = controller.Dispatch("x", 3);
        Assert.True(second.Withdraw());
        Assert.False(second.Cancel());
        Pending fourth = controller.Dispatch("x", 4);

        Assert.Throws<QueueFullException>(() => controller.Dispatch("x", 5));
        gate.Open();

        Assert.Equal([3], await third.Guarded());
        Assert.Equal([4], await fourth.Guarded());
    }

    [Fact]
    public async Task PostMany_DropOldest_KeepsTheNewest()
    {
        Journal<int> journal = new();
        (IController controller, Gate gate) = await StartBusyAsync(
            2,
            m => m.On("note", (int n) => journal.Add(n)),
            QueueFullMode.DropOldest
        );
        Pending first = controller.Dispatch("note", 0);

        controller.PostMany("note", 1, 2, 3, 4, 5);

        Assert.Equal(PendingStatus.Cancelled, await first.StatusAsync());
        gate.Open();
        AssertStarted([4, 5], await journal.WaitForAsync(2));
        await controller.WaitForIdleAsync().Guarded();
        Assert.Equal(2, journal.Count);
    }

    [Fact]
    public async Task PostMany_DropNewest_KeepsTheOldest()
    {
        Journal<int> journal = new();
        (IController controller, Gate gate) = await StartBusyAsync(
            2,
            m => m.On("note", (int n) => journal.Add(n)),
            QueueFullMode.DropNewest
        );
        _ = controller.Dispatch("note", 0);

        controller.PostMany("note", 1, 2, 3);

        gate.Open();
        AssertStarted([0, 1], await journal.WaitForAsync(2));
        await controller.WaitForIdleAsync().Guarded();
        Assert.Equal(2, journal.Count);
    }
}
