using System.Runtime.CompilerServices;
using Akka.Actor;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests.Hosting;

/// <summary>
/// A runtime in an actor system that the application already has, without any configuration of this library.
/// </summary>
public sealed class JoinedSystemTests : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public async Task System_WithoutTheLibrarysConfiguration_RunsControllersPoolsAndListening()
    {
        Assert.False(Sys.Settings.Config.HasPath("event-driven-actors"));
        await using EventRuntime runtime = EventRuntime.For(Sys);
        Assert.Same(Sys, runtime.System);
        ControllerPool pool = runtime.CreatePool(2, options => options.Mapping.On("x", _ => 2));
        Journal<object?> heard = new();
        Controller listener = runtime.CreateController(options =>
            options.Mapping.On("x", (ForwardedEvent forwarded) => heard.Add(forwarded.Value))
        );
        using IDisposable tap = listener.Listen(pool, "x");
        pool.Run();
        listener.Run();

        Assert.Equal([2], await pool.Dispatch("x", "value").Guarded());
        Assert.Equal(["value"], await heard.WaitForAsync(1));
    }

    [Fact]
    public async Task DisposedRuntime_EndsItsControllers_AndLeavesTheSystem()
    {
        EventRuntime runtime = EventRuntime.For(Sys);
        Controller controller = runtime.CreateController(options => options.Mapping.On("x", _ => 1));
        controller.Run();
        ControllerPool pool = runtime.CreatePool(2, options => options.Mapping.On("x", _ => 2));
        pool.Run();
        Watch(controller.Ref);
        Pending[] accepted = [controller.Dispatch("x"), pool.Dispatch("x")];

        await runtime.DisposeAsync().AsTask().Guarded();

        Assert.All(accepted, pending => Assert.Equal(PendingStatus.Completed, pending.Status));
        await ExpectTerminatedAsync(controller.Ref, HangGuard.Limit);
        Assert.Throws<ControllerClosedException>(() => pool.Dispatch("x"));
        Assert.False(Sys.WhenTerminated.IsCompleted);
        TestActor.Tell("still here");
        await ExpectMsgAsync("still here", HangGuard.Limit);
    }

    [Fact]
    public async Task DisposedRuntime_IsForgottenByTheSystem()
    {
        WeakReference runtime = await MakeAndDisposeAsync();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(runtime.IsAlive);
    }

    [Theory]
    [InlineData("on")]
    [InlineData("off")]
    public async Task EndOfTheSystem_ClosesEverything(string coordinated)
    {
        ActorSystem system = ActorSystem.Create(
            "ends",
            $"akka {{ loglevel = OFF, stdout-loglevel = OFF, coordinated-shutdown.run-by-actor-system-terminate = "
                + $"{coordinated} }}"
        );
        EventRuntime runtime = EventRuntime.For(system);
        Controller controller = runtime.CreateController(options =>
            options.Mapping.On("hold", session => ((Gate)session.Value!).PassAsync())
        );
        ControllerPool pool = runtime.CreatePool(
            3,
            options => options.Mapping.On("hold", session => ((Gate)session.Value!).PassAsync())
        );
        Controller never = runtime.CreateController();
        List<Pending> open = [never.Dispatch("waits for Run")];
        foreach (IController one in (IController[])[controller, pool])
        {
            one.Run();
            Gate gate = new();
            open.Add(one.Dispatch("hold", gate));
            await gate.Entered;
            open.AddRange(Enumerable.Range(0, 10).Select(_ => one.Dispatch("hold", new Gate())));
        }

        await system.Terminate().Guarded();

        foreach (Pending pending in open)
        {
            Assert.Equal(PendingStatus.Closed, await pending.StatusAsync());
        }

        Assert.Throws<ControllerClosedException>(() => controller.Dispatch("hold"));
        Assert.Throws<ControllerClosedException>(() => pool.Dispatch("hold"));
        Assert.Throws<InvalidOperationException>(() => controller.Run());
        await runtime.DisposeAsync().AsTask().Guarded();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> MakeAndDisposeAsync()
    {
        EventRuntime runtime = EventRuntime.For(Sys);
        Controller controller = runtime.CreateController(options => options.Mapping.On("x", _ => 1));
        controller.Run();
        await controller.Dispatch("x").Guarded();
        await runtime.DisposeAsync().AsTask().Guarded();
        return new WeakReference(runtime);
    }

    [Fact]
    public async Task System_ThatEndsWithoutCoordinatedShutdown_ClosesAControllerThatNeverHadAnActor()
    {
        ActorSystem system = ActorSystem.Create(
            "host",
            "akka.coordinated-shutdown.run-by-actor-system-terminate = off, akka.loglevel = ERROR"
        );
        EventRuntime runtime = EventRuntime.For(system);
        Controller never = runtime.CreateController();
        Controller idle = runtime.CreateController(options => options.Mapping.On("one", () => 1));
        idle.Run();
        Pending open = never.Dispatch("waits for Run");

        await system.Terminate().Guarded();

        Assert.Equal(PendingStatus.Closed, await open.StatusAsync());
        await idle.WaitAsync().Guarded();
        Assert.Throws<ControllerClosedException>(() => idle.Dispatch("one"));
        Assert.Equal(system.DeadLetters, idle.Ref);
    }

    [Fact]
    public async Task Ref_AskedForAtFirstBehindTheEnd_IsOfAnActorThatEnds()
    {
        EventRuntime runtime = EventRuntime.Create();
        await using (runtime.ConfigureAwait(true))
        {
            Controller controller = runtime.CreateController();
            controller.Run();
            await controller.ShutdownAsync().Guarded();

            Assert.True(await controller.Ref.GracefulStop(HangGuard.Limit));

            controller.Run();
            Assert.Empty(await controller.Dispatch("unhandled").Guarded());
        }
    }
}
