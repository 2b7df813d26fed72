namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>P11: a queue with a capacity refuses, waits or drops, and never blocks control.</summary>
public abstract partial class BackPressureContract : ContractBase
{
    [Fact]
    public async Task Dispatch_ToAFullQueue_ThrowsAndTheAcceptedRun()
    {
        (IController controller, Gate gate) = await StartBusyAsync(2);
        Pending[] accepted = [controller.Dispatch("x", 1), controller.Dispatch("x", 2)];

        QueueFullException failure = Assert.Throws<QueueFullException>(() => controller.Dispatch("x", 3));
        Assert.Contains($"'{controller.Name}'", failure.Message);
        Assert.Throws<QueueFullException>(() => controller.Post("x", 3));
        Assert.Throws<QueueFullException>(() =>
        {
            controller.Submit(() => 3);
        });
        gate.Open();

        Assert.Equal([1], await accepted[0].Guarded());
        Assert.Equal([2], await accepted[1].Guarded());
        Assert.Equal([3], await controller.Dispatch("x", 3).Guarded());
    }

    [Fact]
    public void Dispatch_BeforeRunToAFullQueue_Throws()
    {
        IController controller = Create(options => options.Capacity = 1);
        controller.Dispatch("x");

        Assert.Throws<QueueFullException>(() => controller.Dispatch("x"));
    }

    [Fact]
    public async Task PostMany_WithoutRoomForAll_QueuesNone()
    {
        (IController controller, Gate gate) = await StartBusyAsync(2);

        Assert.Throws<QueueFullException>(() => controller.PostMany("x", 1, 2, 3));
        Pending[] accepted = [controller.Dispatch("x", 4), controller.Dispatch("x", 5)];
        gate.Open();

        Assert.Equal([4], await accepted[0].Guarded());
        Assert.Equal([5], await accepted[1].Guarded());
    }

    [Fact]
    public async Task DispatchAsync_ToAFullQueue_WaitsForRoomInOrder()
    {
        Journal<int> journal = new();
        (IController controller, Gate gate) = await StartBusyAsync(1, m => m.On("note", (int n) => journal.Add(n)));
        controller.Post("note", 0);
        Task<Pending>[] waiting = [.. Enumerable.Range(1, 5).Select(n => controller.DispatchAsync("note", n).AsTask())];
        Assert.All(waiting, task => Assert.False(task.IsCompleted));

        gate.Open();
        foreach (Pending pending in await Task.WhenAll(waiting).Guarded())
        {
            await pending.Guarded();
        }

        AssertStarted([0, 1, 2, 3, 4, 5], journal.Entries);
    }

    [Fact]
    public async Task DispatchAsync_Cancelled_GivesUpItsPlace()
    {
        using CancellationTokenSource source = new();
        Journal<int> journal = new();
        (IController controller, Gate gate) = await StartBusyAsync(1, m => m.On("note", (int n) => journal.Add(n)));
        controller.Post("note", 0);
        Task<Pending> givesUp = controller.DispatchAsync("note", 1, cancellationToken: source.Token).AsTask();
        Task<Pending> stays = controller.DispatchAsync("note", 2).AsTask();

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givesUp.Guarded());
        gate.Open();
        await (await stays.Guarded()).Guarded();
        await controller.WaitForIdleAsync().Guarded();

        AssertStarted([0, 2], journal.Entries);
    }

    [Theory]
    [InlineData(ShutdownMode.Finish)]
    [InlineData(ShutdownMode.Abort)]
    [InlineData(ShutdownMode.Drain)]
    public async Task DispatchAsync_WhenTheControllerCloses_Throws(ShutdownMode mode)
    {
        (IController controller, Gate gate) = await StartBusyAsync(1);
        Pending queued = controller.Dispatch("x");
        Task<Pending> waiting = controller.DispatchAsync("x").AsTask();

        Task ending = controller.ShutdownAsync(mode);

        await Assert.ThrowsAsync<ControllerClosedException>(() => waiting.Guarded());
        gate.Open();
        await ending.Guarded();
        Assert.True(queued.IsSettled);
    }

    [Fact]
    public async Task DispatchAsync_WithoutCapacity_NeverWaits()
    {
        IController controller = Start(m => m.On("x", _ => 1));
        Gate gate = await OccupyAsync(controller);

        ValueTask<Pending> dispatching = controller.DispatchAsync("x");
        Assert.True(dispatching.IsCompletedSuccessfully);
        gate.Open();

        Assert.Equal([1], await (await dispatching).Guarded());
    }

    [Fact]
    public async Task DropOldest_ToAFullQueue_CancelsTheOldest()
    {
        (IController controller, Gate gate) = await StartBusyAsync(2, mode: QueueFullMode.DropOldest);
        Pending[] pendings = [.. Enumerable.Range(0, 4).Select(n => controller.Dispatch("x", n))];

        Assert.Equal(PendingStatus.Cancelled, await pendings[0].StatusAsync());
        Assert.Equal(PendingStatus.Cancelled, await pendings[1].StatusAsync());
        gate.Open();

        Assert.Equal([2], await pendings[2].Guarded());
        Assert.Equal([3], await pendings[3].Guarded());
    }

    [Fact]
    public async Task DropNewest_ToAFullQueue_CancelsTheNewEvent()
    {
        (IController controller, Gate gate) = await StartBusyAsync(2, mode: QueueFullMode.DropNewest);
        Pending[] pendings = [.. Enumerable.Range(0, 4).Select(n => controller.Dispatch("x", n))];

        Assert.Equal(PendingStatus.Cancelled, await pendings[2].StatusAsync());
        Assert.Equal(PendingStatus.Cancelled, await pendings[3].StatusAsync());
        gate.Open();

        Assert.Equal([0], await pendings[0].Guarded());
        Assert.Equal([1], await pendings[1].Guarded());
    }

    [Fact]
    public async Task Clean_OfAFullQueue_MakesRoom()
    {
        (IController controller, Gate gate) = await StartBusyAsync(1);
        controller.Post("x");
        Task<Pending> waiting = controller.DispatchAsync("x", 5).AsTask();

        Assert.Equal(1, controller.Clean());

        Pending pending = await waiting.Guarded();
        gate.Open();
        Assert.Equal([5], await pending.Guarded());
    }

    [Fact]
    public async Task CancelledEvent_InAFullQueue_MakesRoomByItsTurnAtTheLatest()
    {
        (IController controller, Gate gate) = await StartBusyAsync(1);
        controller.Dispatch("x").Cancel();
        Task<Pending> waiting = controller.DispatchAsync("x", 5).AsTask();

        gate.Open();

        Assert.Equal([5], await (await waiting.Guarded()).Guarded());
    }

    [Fact]
    public async Task Error_OfAFailedHandler_NeedsNoRoom()
    {
        Journal<object> errors = new();
        Gate gate = NewGate();
        IController controller = Start(
            m =>
                m.On(
                        "bad",
                        async (Gate arrived) =>
                        {
                            _ = arrived.PassAsync();
                            await gate.PassAsync();
                            throw new TestFailureException();
                        }
                    )
                    .On(ControllerEvents.Error, (_, error) => errors.Add(error.Event)),
            options => options.Capacity = 1
        );
        for (int i = 0; i < Workers; i++)
        {
            Gate arrived = NewGate();
            controller.Post("bad", arrived);
            await arrived.Entered;
        }

        controller.Post("x");

        gate.Open();

        Assert.Equal(Enumerable.Repeat((object)"bad", Workers), await errors.WaitForAsync(Workers));
    }

    [Fact]
    public async Task Control_OfAFullQueue_DoesNotWaitBehindIt()
    {
        (IController controller, Gate gate) = await StartBusyAsync(1);
        Pending queued = controller.Dispatch("x");

        await controller.SuspendAsync().Guarded();
        controller.Resume();
        Task<ShutdownReport> ending = controller.ShutdownAsync(ShutdownMode.Abort);

        Assert.True((await ending.Guarded()).Ended);
        Assert.Equal(PendingStatus.Cancelled, queued.Status);
        gate.Open();
    }

    private async Task<(IController Controller, Gate Gate)> StartBusyAsync(
        int capacity,
        Action<MappingBlueprint>? map = null,
        QueueFullMode mode = QueueFullMode.Wait
    )
    {
        IController controller = Start(
            m =>
            {
                m.On("x", (int? n) => n);
                map?.Invoke(m);
            },
            options =>
            {
                options.Capacity = capacity;
                options.FullMode = mode;
            }
        );
        Gate gate = NewGate();
        for (int i = 0; i < Workers; i++)
        {
            Gate arrived = NewGate();
            _ = controller.Submit(() =>
            {
                _ = arrived.PassAsync();
                return gate.PassAsync();
            });
            await arrived.Entered;
        }

        return (controller, gate);
    }
}
