namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>The filters that adapters put around dispatching and handling.</summary>
public abstract class FilterContract : ContractBase
{
    [Fact]
    public async Task OutboundFilters_TheFirstOneAdded_IsTheOutermost()
    {
        Journal<string> journal = new();
        IController controller = StartWith(context =>
        {
            context.UseOutbound((outbound, next) =>
            {
                journal.Add($"1 {outbound.Key}");
                Pending pending = next(outbound);
                journal.Add("1 back");
                return pending;
            });
            context.UseOutbound((outbound, next) =>
            {
                journal.Add($"2 {outbound.Key}");
                return next(outbound);
            });
        });

        await controller.Dispatch("x", 1).Guarded();

        Assert.Equal(["1 x", "2 x", "1 back"], journal.Entries);
    }

    [Fact]
    public async Task OutboundFilter_MayChangeValueAndContext()
    {
        SessionKey<string> added = new("added");
        IController controller = StartWith(
            context => context.UseOutbound((outbound, next) =>
            {
                outbound.Value = $"changed {outbound.Value}";
                outbound.Context = (outbound.Context ?? SessionContext.Empty).With(added, "by the filter");
                return next(outbound);
            }),
            m => m.On("y", session => $"{session.Value} {session.Get(added)}"));

        Assert.Equal(["changed value by the filter"], await controller.Dispatch("y", "value").Guarded());
    }

    [Fact]
    public async Task OutboundFilter_MaySettleAnEventWithoutTheQueue()
    {
        Journal<int> handled = new();
        IController controller = StartWith(
            context => context.UseOutbound((outbound, next) =>
                outbound.Value is "cached" ? outbound.Settle(EventOutcome.Completed(["from the cache"])) : next(outbound)),
            m => m.On("y", _ => handled.Add(1)));

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
        IController controller = StartWith(context => context.UseOutbound((outbound, next) =>
        {
            seen.Add(outbound.Value is Submission ? "function" : outbound.Key);
            return next(outbound);
        }));

        _ = controller.Dispatch("dispatched");
        _ = controller.Submit(() => { });
        _ = controller.Dispatch(new EventKey<int>("typed"), 1);
        await controller.DispatchAsync("async");
        controller.Post("posted");
        controller.PostMany("many", 1, 2);

        Assert.Equal(["dispatched", "function", "typed", "async", "posted", "many", "many"], seen.Entries);
    }

    [Fact]
    public async Task InboundFilters_AroundHooksAndHandlers_RunInOrder()
    {
        Journal<string> journal = new();
        IController controller = StartWith(
            context =>
            {
                context.UseInbound(async (session, next) =>
                {
                    journal.Add("1 in");
                    await next(session);
                    journal.Add($"1 out {string.Join('+', session.Returns)}");
                });
                context.UseInbound((session, next) =>
                {
                    journal.Add("2 in");
                    return next(session);
                });
            },
            m => m.Before(_ => journal.Add("before")).On("y", async _ =>
            {
                await Task.Yield();
                journal.Add("handler");
                return 1;
            }).After(_ => journal.Add("after")));

        Assert.Equal([1], await controller.Dispatch("y").Guarded());

        Assert.Equal(["1 in", "2 in", "before", "handler", "after", "1 out 1"], journal.Entries);
    }

    [Fact]
    public async Task InboundFilter_ThatDoesNotCallOn_SkipsTheEvent()
    {
        Journal<string> journal = new();
        IController controller = StartWith(
            context => context.UseInbound((session, next) => session.Value is "out" ? ValueTask.CompletedTask : next(session)),
            m => m.On("y", _ => journal.Add("handler")));

        Assert.Equal(PendingStatus.Skipped, await controller.Dispatch("y", "out").StatusAsync());
        Assert.Empty(journal.Entries);
        Assert.Equal(PendingStatus.Completed, await controller.Dispatch("y", "in").StatusAsync());
    }

    [Fact]
    public async Task InboundFilter_SeesSubmissionsAndPosts()
    {
        Journal<object> seen = new();
        IController controller = StartWith(context => context.UseInbound((session, next) =>
        {
            seen.Add(session.Value is Submission ? "function" : session.Event);
            return next(session);
        }));

        await controller.Submit(() => { }).Guarded();
        controller.Post("posted");
        await seen.WaitForAsync(2);
        await controller.Dispatch("dispatched").Guarded();

        Assert.Equal(["function", "posted", "dispatched"], seen.Entries);
    }

    [Fact]
    public async Task InboundFilter_SwallowingAFailure_LetsTheEventCompleteOrFaultButNotHang()
    {
        IController controller = StartWith(
            context => context.UseInbound(async (session, next) => await Record.ExceptionAsync(() => next(session).AsTask())),
            m => m.On("y", _ => Throw(new TestFailureException())));

        Assert.True(await controller.Dispatch("y").StatusAsync() >= PendingStatus.Completed);
        Assert.Equal([1], await controller.Dispatch("x").Guarded());
    }

    private IController StartWith(Action<IAdapterContext> adapter, Action<MappingBlueprint>? map = null) => Start(
        m =>
        {
            m.On("x", _ => 1);
            map?.Invoke(m);
        },
        options => options.Adapters.Add(new DelegateAdapter(adapter)));
}
