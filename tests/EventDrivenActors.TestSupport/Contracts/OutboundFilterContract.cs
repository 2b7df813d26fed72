namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>The filters that adapters put around dispatching.</summary>
public abstract class OutboundFilterContract : ContractBase
{
    [Fact]
    public async Task OutboundFilters_TheFirstOneAdded_IsTheOutermost()
    {
        Journal<string> journal = new();
        IController controller = StartWith(context =>
        {
            context.UseOutbound(
                (outbound, next) =>
                {
                    journal.Add($"1 {outbound.Key}");
                    Pending pending = next(outbound);
                    journal.Add("1 back");
                    return pending;
                }
            );
            context.UseOutbound(
                (outbound, next) =>
                {
                    journal.Add($"2 {outbound.Key}");
                    return next(outbound);
                }
            );
        });

        await controller.Dispatch("x", 1).Guarded();

        Assert.Equal(["1 x", "2 x", "1 back"], journal.Entries);
    }

    [Fact]
    public async Task OutboundFilter_MayChangeValueAndContext()
    {
        SessionKey<string> added = new("added");
        IController controller = StartWith(
            context =>
                context.UseOutbound(
                    (outbound, next) =>
                    {
                        outbound.Value = $"changed {outbound.Value}";
                        outbound.Context = (outbound.Context ?? SessionContext.Empty).With(added, "by the filter");
                        return next(outbound);
                    }
                ),
            m => m.On("y", session => $"{session.Value} {session.Get(added)}")
        );

        Assert.Equal(["changed value by the filter"], await controller.Dispatch("y", "value").Guarded());
    }

    [Fact]
    public async Task OutboundFilter_MaySettleAnEventWithoutTheQueue()
    {
        Journal<int> handled = new();
        IController controller = StartWith(
            context =>
                context.UseOutbound(
                    (outbound, next) =>
                        outbound.Value is "cached"
                            ? outbound.Settle(EventOutcome.Completed(["from the cache"]))
                            : next(outbound)
                ),
            m => m.On("y", _ => handled.Add(1))
        );

        Assert.Equal(["from the cache"], await controller.Dispatch("y", "cached").Guarded());
        await controller.WaitForIdleAsync().Guarded();
        Assert.Empty(handled.Entries);
        await controller.Dispatch("y").Guarded();
        Assert.Single(handled.Entries);
    }

    [Fact]
    public async Task OutboundFilter_SeesEveryWayIn()
    {
        Journal<object> seen = new();
        IController controller = StartWith(context =>
            context.UseOutbound(
                (outbound, next) =>
                {
                    seen.Add(outbound.Value is Submission ? "function" : outbound.Key);
                    return next(outbound);
                }
            )
        );

        _ = controller.Dispatch("dispatched");
        _ = controller.Submit(() => { });
        _ = controller.Dispatch(new EventKey<int>("typed"), 1);
        await controller.DispatchAsync("async");
        controller.Post("posted");
        controller.PostMany("many", 1, 2);

        Assert.Equal(["dispatched", "function", "typed", "async", "posted", "many", "many"], seen.Entries);
    }

    [Fact]
    public async Task OutboundFilter_Failing_HarmsItsEventOnly()
    {
        IController controller = StartWith(context =>
            context.UseOutbound(
                (outbound, next) => outbound.Value is "fail" ? throw new TestFailureException() : next(outbound)
            )
        );

        await Assert.ThrowsAsync<TestFailureException>(() => controller.Dispatch("x", "fail").Guarded());

        Assert.Equal([1], await controller.Dispatch("x").Guarded());
        await controller.WaitForIdleAsync().Guarded();
    }

    [Fact]
    public async Task DispatchAsync_ThroughAFilter_StillWaitsForRoom()
    {
        IController controller = Start(m => m.On("x", _ => 1), PassOnWithCapacityOfOne);
        Gate gate = await OccupyAsync(controller);
        controller.Post("x");

        Task<Pending> waiting = controller.DispatchAsync("x").AsTask();
        Assert.False(waiting.IsCompleted);
        gate.Open();

        Assert.Equal([1], await (await waiting.Guarded()).Guarded());
    }

    [Fact]
    public async Task PostMany_ThroughAFilter_StillQueuesAllOrNone()
    {
        Journal<int> journal = new();
        IController controller = Start(m => m.On("note", (int n) => journal.Add(n)), PassOnWithCapacityOfOne);
        Gate gate = await OccupyAsync(controller);

        Assert.Throws<QueueFullException>(() => controller.PostMany("note", 1, 2));
        gate.Open();
        await controller.WaitForIdleAsync().Guarded();

        Assert.Empty(journal.Entries);
    }

    private static void PassOnWithCapacityOfOne(ControllerOptions options)
    {
        options.Capacity = 1;
        options.Adapters.Add(new DelegateAdapter(context => context.UseOutbound((outbound, next) => next(outbound))));
    }

    private IController StartWith(Action<IAdapterContext> adapter, Action<MappingBlueprint>? map = null) =>
        Start(
            m =>
            {
                m.On("x", _ => 1);
                map?.Invoke(m);
            },
            options => options.Adapters.Add(new DelegateAdapter(adapter))
        );
}
