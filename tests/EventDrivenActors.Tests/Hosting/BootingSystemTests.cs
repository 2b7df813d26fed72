using Akka.Actor;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests.Hosting;

/// <summary>A runtime whose actor system boots behind its events.</summary>
public sealed class BootingSystemTests : Akka.TestKit.Xunit2.TestKit
{
    private readonly TaskCompletionSource<ActorSystem> _boot = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Events_BeforeBehindAndAcrossTheBoot_RunInOrder(bool pooled)
    {
        await using EventRuntime runtime = EventRuntime.For(_boot.Task);
        Journal<object?> seen = new();
        TaskCompletionSource release = new();
        IController controller = Make(
            runtime,
            pooled,
            mapping =>
                mapping
                    .On("x", session => seen.Add(session.Value))
                    .On(
                        "suspends",
                        async session =>
                        {
                            await release.Task;
                            seen.Add(session.Value);
                        }
                    )
        );
        controller.Run();

        for (int i = 0; i < 100; i++)
        {
            controller.Post("x", i);
        }

        await controller.WaitForIdleAsync().Guarded();
        Pending across = controller.Dispatch("suspends", 100);
        controller.Post("x", 101);
        _boot.SetResult(Sys);
        release.SetResult();
        await across.Guarded();
        await controller.Dispatch("x", 102).Guarded();

        Assert.Equal(Enumerable.Range(0, 103).Cast<object?>(), await seen.WaitForAsync(103));
    }

    [Fact]
    public async Task Handlers_AfterTheBoot_TellWithTheActorAsSender()
    {
        await using EventRuntime runtime = EventRuntime.For(_boot.Task);
        Controller controller = runtime.CreateController(options =>
            options.Mapping.On("x", _ => TestActor.Tell("told"))
        );
        controller.Run();
        await controller.Dispatch("x").Guarded();
        await ExpectMsgAsync<string>((_, sender) => Assert.True(sender.IsNobody()), HangGuard.Limit);
        _boot.SetResult(Sys);

        // The turn that was at work may go on for a while.
        bool told = false;
        while (!told)
        {
            await controller.Dispatch("x").Guarded();
            await ExpectMsgAsync<string>(
                (_, sender) =>
                {
                    told = !sender.IsNobody();
                },
                HangGuard.Limit
            );
        }

        for (int i = 0; i < 3; i++)
        {
            await controller.Dispatch("x").Guarded();
            await ExpectMsgAsync<string>((_, sender) => Assert.Equal(controller.Ref, sender), HangGuard.Limit);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ref_InAHandler_WaitsForTheBoot(bool pooled)
    {
        await using EventRuntime runtime = EventRuntime.For(_boot.Task);
        TaskCompletionSource asking = new(TaskCreationOptions.RunContinuationsAsynchronously);
        IController controller = Make(
            runtime,
            pooled,
            mapping =>
                mapping
                    .On(
                        "x",
                        session =>
                        {
                            asking.SetResult();
                            session.Self.Ref.Tell(new ControllerEvent("y"), TestActor);
                            return session.Self.Ref;
                        }
                    )
                    .On("y", _ => "answer")
        );
        controller.Run();

        Pending pending = controller.Dispatch("x");
        await asking.Task.Guarded();
        Assert.Equal(PendingStatus.Running, pending.Status);
        _boot.SetResult(Sys);

        Assert.Same(Sys, runtime.System);
        Assert.Single(await pending.Guarded());
        Assert.Equal(["answer"], await ExpectMsgAsync<IReadOnlyList<object?>>(HangGuard.Limit));
    }

    [Fact]
    public async Task UnobservedFailure_IsLoggedWhenTheSystemHasBooted()
    {
        await using EventRuntime runtime = EventRuntime.For(_boot.Task);
        Controller controller = runtime.CreateController(options =>
            options.Mapping.On("bad", _ => throw new TestFailureException())
        );
        controller.Run();
        controller.Post("bad");
        await controller.WaitForIdleAsync().Guarded();

        await EventFilter
            .Exception<TestFailureException>(contains: "'bad'")
            .ExpectOneAsync(
                HangGuard.Limit,
                () =>
                {
                    _boot.SetResult(Sys);
                    return Task.CompletedTask;
                }
            );
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task EndOfTheSystem_ClosesWhatWasMadeBeforeItsBoot(bool pooled, bool used)
    {
        EventRuntime runtime = EventRuntime.For(_boot.Task);
        IController controller = Make(
            runtime,
            pooled,
            mapping => mapping.On("x", _ => 1).On("never", _ => new TaskCompletionSource().Task)
        );
        controller.Run();
        _boot.SetResult(Sys);
        if (used)
        {
            await controller.Dispatch("x").Guarded();
        }

        Pending open = controller.Dispatch("never");

        await Sys.Terminate().Guarded();

        Assert.Equal(PendingStatus.Closed, await open.SettledAsync().Guarded());
        await controller.WaitAsync().Guarded();
        Assert.Throws<ControllerClosedException>(() => controller.Dispatch("x"));
        Assert.Throws<InvalidOperationException>(() => controller.Run());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Controllers_ThatEndBeforeTheBoot_RunAgain(bool pooled)
    {
        await using EventRuntime runtime = EventRuntime.For(_boot.Task);
        IController controller = Make(runtime, pooled, mapping => mapping.On("x", _ => 1));
        for (int i = 0; i < 4; i++)
        {
            controller.Run();
            Assert.Equal([1], await controller.Dispatch("x").Guarded());
            if (i == 2)
            {
                _boot.SetResult(Sys);
                Watch(controller.Ref);
            }

            await controller.ShutdownAsync().Guarded();
            if (i == 2)
            {
                await ExpectTerminatedAsync(controller.Ref, HangGuard.Limit);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Dispose_BeforeTheBoot_DoesNotWaitForIt(bool pooled)
    {
        EventRuntime runtime = EventRuntime.For(_boot.Task);
        IController controller = Make(runtime, pooled, mapping => mapping.On("x", _ => 1));
        controller.Run();
        Pending pending = controller.Dispatch("x");

        await Task.Run(async () => await runtime.DisposeAsync()).Guarded();

        Assert.Equal(PendingStatus.Completed, await pending.StatusAsync());
    }

    [Fact]
    public async Task FailedBoot_LeavesTheControllersAtWork_AndIsThrownAtWhoAsks()
    {
        await using EventRuntime runtime = EventRuntime.For(_boot.Task);
        Controller controller = runtime.CreateController(options => options.Mapping.On("x", _ => 1));
        controller.Run();
        _boot.SetException(new TestFailureException());

        Assert.Equal([1], await controller.Dispatch("x").Guarded());
        Assert.Throws<TestFailureException>(() => controller.Ref);
        Assert.Throws<TestFailureException>(() => runtime.System);
    }

    private static IController Make(EventRuntime runtime, bool pooled, Action<MappingBlueprint> map) =>
        pooled
            ? runtime.CreatePool(1, options => map(options.Mapping))
            : runtime.CreateController(options => map(options.Mapping));
}
