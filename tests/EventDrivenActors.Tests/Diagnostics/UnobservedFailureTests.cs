using System.Runtime.CompilerServices;
using Akka.Event;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests.Diagnostics;

/// <summary>A failure that nobody observes is logged at Error, and no other one.</summary>
public sealed class UnobservedFailureTests : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public async Task FailedPost_IsLoggedAtOnce()
    {
        await using EventRuntime runtime = EventRuntime.For(Sys);
        Controller controller = Start(runtime);

        await EventFilter
            .Exception<TestFailureException>(contains: "'bad'")
            .ExpectOneAsync(
                HangGuard.Limit,
                async () =>
                {
                    controller.Post("bad");
                    await controller.WaitForIdleAsync();
                }
            );
    }

    [Fact]
    public async Task FailedPost_ToABroadcastPool_IsLoggedAtOnceForEachWorker()
    {
        await using EventRuntime runtime = EventRuntime.For(Sys);
        ControllerPool pool = runtime.CreatePool(
            3,
            options =>
            {
                options.Routing = PoolRouting.Broadcast;
                options.Mapping.On("bad", Fail);
            }
        );
        pool.Run();

        await EventFilter
            .Exception<TestFailureException>(contains: "'bad'")
            .ExpectAsync(
                3,
                HangGuard.Limit,
                async () =>
                {
                    pool.Post("bad");
                    await pool.WaitForIdleAsync();
                }
            );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FailedDispatchThatNobodyHolds_IsLoggedAfterItsCollection(bool pooled)
    {
        await using EventRuntime runtime = EventRuntime.For(Sys);
        IController controller = pooled ? StartPool(runtime) : Start(runtime);

        await EventFilter
            .Exception<TestFailureException>(contains: "'bad'")
            .ExpectOneAsync(
                HangGuard.Limit,
                async () =>
                {
                    DispatchAndForget(controller);
                    for (int i = 0; i < 10; i++)
                    {
                        await controller.Dispatch("good").Guarded();
                        Collect();
                    }
                }
            );
    }

    [Fact]
    public async Task ObservedFailures_AreNotLogged()
    {
        await using EventRuntime runtime = EventRuntime.For(Sys);
        Controller controller = Start(runtime);

        Sys.EventStream.Subscribe(TestActor, typeof(Error));

        await AwaitAndForgetAsync(controller);
        await CollectAfterAsync(controller);

        await ExpectNoErrorAsync();
    }

    [Fact]
    public async Task FailuresWithAMappedErrorEvent_AreNotLogged()
    {
        await using EventRuntime runtime = EventRuntime.For(Sys);
        Journal<object> errors = new();
        Controller controller = Start(
            runtime,
            mapping => mapping.On(ControllerEvents.Error, (_, error) => errors.Add(error.Event))
        );

        Sys.EventStream.Subscribe(TestActor, typeof(Error));

        controller.Post("bad");
        DispatchAndForget(controller);
        Assert.Equal(["bad", "bad"], await errors.WaitForAsync(2));
        await CollectAfterAsync(controller);

        await ExpectNoErrorAsync();
    }

    [Fact]
    public async Task FailingErrorHandler_IsLogged()
    {
        await using EventRuntime runtime = EventRuntime.For(Sys);
        Controller controller = Start(
            runtime,
            mapping =>
                mapping.On(
                    ControllerEvents.Error,
                    _ => throw new InvalidOperationException("The error handler failed.")
                )
        );

        await EventFilter
            .Exception<InvalidOperationException>(contains: ControllerEvents.Error.Name)
            .ExpectOneAsync(
                HangGuard.Limit,
                async () =>
                {
                    controller.Post("bad");
                    await controller.WaitForIdleAsync();
                }
            );
    }

    /// <summary>The first error that the test's actor hears is a later marker.</summary>
    private async Task ExpectNoErrorAsync()
    {
        Sys.Log.Error("marker");
        Assert.Equal("marker", $"{(await ExpectMsgAsync<Error>(HangGuard.Limit)).Message}");
    }

    private static Controller Start(EventRuntime runtime, Action<MappingBlueprint>? map = null)
    {
        Controller controller = runtime.CreateController(options =>
        {
            options.Mapping.On("bad", Fail).On("good", _ => 1);
            map?.Invoke(options.Mapping);
        });
        controller.Run();
        return controller;
    }

    private static ControllerPool StartPool(EventRuntime runtime)
    {
        ControllerPool pool = runtime.CreatePool(2, options => options.Mapping.On("bad", Fail).On("good", _ => 1));
        pool.Run();
        return pool;
    }

    private static object? Fail(Session session) => throw new TestFailureException();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void DispatchAndForget(IController controller) => _ = controller.Dispatch("bad");

    private static async Task AwaitAndForgetAsync(IController controller)
    {
        await Assert.ThrowsAsync<TestFailureException>(() => controller.Dispatch("bad").Guarded());
        Assert.Equal(PendingStatus.Faulted, await controller.Dispatch("bad").StatusAsync());
    }

    private static async Task CollectAfterAsync(IController controller)
    {
        for (int i = 0; i < 3; i++)
        {
            await controller.Dispatch("good").Guarded();
            Collect();
        }
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
