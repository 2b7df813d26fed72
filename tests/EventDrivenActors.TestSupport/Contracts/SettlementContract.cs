using EventDrivenActors.Advanced;

namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>P1: every accepted event settles exactly once, and awaiting it gives the outcome.</summary>
public abstract partial class SettlementContract : ContractBase
{
    private static readonly EventKey<int, int> Double = new("double");

    [Fact]
    public async Task Args_ChangedAfterTheDispatch_ArriveAsTheyWere()
    {
        IController controller = Start(m => m.On("sum", (int a, int b) => a + b));
        Gate gate = await OccupyAsync(controller);
        object?[] args = [1, 2];
        Journal<int> posted = new();
        controller.Mapping.Add("note", (int a, int b) => posted.Add(a + b));
        Pending dispatched = controller.Dispatch("sum", args: args);
        Task<Pending> later = controller.DispatchAsync("sum", args: args).AsTask();
        controller.Post("note", args: args);
        Pending<int> submitted = controller.Submit<int>(new Submission((int a, int b) => a + b, args));
        args[0] = 100;
        gate.Open();

        Assert.Equal([3], await dispatched.Guarded());
        Assert.Equal([3], await (await later).Guarded());
        Assert.Equal(3, await submitted.Guarded());
        Assert.Equal([3], await posted.WaitForAsync(1));
    }

    [Fact]
    public async Task Results_OfSeveralHandlers_CannotBeChangedByWhoeverAwaitsThem()
    {
        IController controller = Start(m => m.On("x", _ => 1).On("x", _ => 2));
        Pending pending = controller.Dispatch("x");

        IReadOnlyList<object?> results = await pending.Guarded();

        Assert.False(results is object?[] or List<object?>);
        Assert.True(results is not IList<object?> list || list.IsReadOnly);
        Assert.Equal([1, 2], await pending.Guarded());
    }

    [Fact]
    public async Task OptionalParameters_OfHandlersAndSubmissions_TakeTheirDefaults()
    {
        IController controller = Start(m => m.On("opt", (int x, int y = 5) => x + y));

        Assert.Equal([6], await controller.Dispatch("opt", args: [1]).Guarded());
        Assert.Equal([3], await controller.Dispatch("opt", args: [1, 2]).Guarded());
        Assert.Equal([6], await controller.Submit((int x, int y = 5) => x + y, 1).Guarded());
    }

    [Fact]
    public async Task Handlers_Returning_GiveOneResultEachInOrder()
    {
        IController controller = Start(m =>
            m.On("many", _ => 1)
                .On(
                    "many",
                    async _ =>
                    {
                        await Task.Yield();
                        return "two";
                    }
                )
                .On("many", _ => { })
        );

        Pending pending = controller.Dispatch("many");

        Assert.Equal([1, "two", null], await pending.Guarded());
        Assert.Equal(PendingStatus.Completed, pending.Status);
    }

    [Fact]
    public async Task Event_WithoutHandlers_CompletesEmpty()
    {
        IController controller = Start(_ => { });

        Pending pending = controller.Dispatch("unknown");

        Assert.Empty(await pending.Guarded());
        Assert.Equal(PendingStatus.Completed, pending.Status);
    }

    [Fact]
    public async Task WhenSettled_BesideAnAwaiter_CallsBackOnce()
    {
        IController controller = Start(m =>
            m.On(
                "one",
                async _ =>
                {
                    await Task.Yield();
                    return 1;
                }
            )
        );
        TaskCompletionSource<EventOutcome> first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<EventOutcome> second = new(TaskCreationOptions.RunContinuationsAsynchronously);

        Pending pending = controller.Dispatch("one");
        pending.WhenSettled(first.SetResult);
        pending.WhenSettled(second.SetResult);

        Assert.Equal([1], await pending.Guarded());
        Assert.Equal([1], (await first.Task.Guarded()).Results);
        Assert.Equal([1], (await second.Task.Guarded()).Results);
    }

    [Fact]
    public async Task WhenSettled_OfASettledEvent_CallsBackAtOnce()
    {
        IController controller = Start(m => m.On("one", _ => 1));
        Pending pending = controller.Dispatch("one");
        await pending.Guarded();
        PendingStatus? heard = null;

        pending.WhenSettled(outcome => heard = outcome.Status);

        Assert.Equal(PendingStatus.Completed, heard);
    }

    [Fact]
    public async Task TypedKey_Dispatched_GivesTheFirstHandlersResult()
    {
        IController controller = Start(m =>
            m.On(
                    Double,
                    async (_, value) =>
                    {
                        await Task.Yield();
                        return value * 2;
                    }
                )
                .On(Double, (_, value) => value * 3)
        );

        Assert.Equal(8, await controller.Dispatch(Double, 4).Guarded());
    }

    [Fact]
    public async Task TypedKey_WithoutHandlers_SaysThatThereIsNoResult()
    {
        IController controller = Start(_ => { });

        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            controller.Dispatch(Double, 4).Guarded()
        );

        Assert.Contains("'double'", failure.Message);
    }

    [Fact]
    public async Task Submission_OfEachKind_GivesItsResult()
    {
        IController controller = Start(_ => { });

        Assert.Equal(3, await controller.Submit((int a, int b) => a + b, 1, 2).Guarded());
        Assert.Equal(
            "later",
            await controller
                .Submit(async () =>
                {
                    await Task.Yield();
                    return "later";
                })
                .Guarded()
        );
        Assert.Equal([null], await controller.Submit(() => { }).Guarded());
    }
}
