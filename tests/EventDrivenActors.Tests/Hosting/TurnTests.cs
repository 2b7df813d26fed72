using Akka.Actor;
using Akka.Actor.Dsl;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests.Hosting;

/// <summary>
/// Whether a turn comes by the actor's mailbox or not makes no difference to handlers, and is the dispatcher's affair.
/// </summary>
public sealed class TurnTests
{
    private const string OwnThreads = """
        akka.actor.default-dispatcher {
          executor = fork-join-executor
          dedicated-thread-pool.thread-count = 2
        }
        """;

    [Fact]
    public async Task EveryTurn_TellsWithTheActorAsSender()
    {
        await using EventRuntime runtime = EventRuntime.Create();
        Journal<IActorRef> senders = new();
        IActorRef plain = runtime.System.ActorOf(actor =>
            actor.ReceiveAny((_, context) => senders.Add(context.Sender))
        );
        Controller controller = runtime.CreateController(options =>
            options.Mapping.On("x", _ => plain.Tell("told")).On("suspends", async _ => await Task.Yield())
        );
        controller.Run();

        for (int i = 0; i < 5; i++)
        {
            await controller.Dispatch("x").Guarded();
            controller.Post("suspends");
        }

        Assert.All(await senders.WaitForAsync(5), sender => Assert.Equal(controller.Ref, sender));
    }

    [Fact]
    public async Task EveryTurn_RunsOnTheThreadsOfItsDispatcher()
    {
        ActorSystem system = ActorSystem.Create("own", OwnThreads);
        EventRuntime runtime = EventRuntime.For(system);
        Journal<bool> pooled = new();
        Controller controller = runtime.CreateController(options =>
            options
                .Mapping.On("x", _ => pooled.Add(Thread.CurrentThread.IsThreadPoolThread))
                .On("suspends", async _ => await Task.Yield())
        );
        controller.Run();

        for (int i = 0; i < 5; i++)
        {
            await controller.Dispatch("x").Guarded();
            controller.Post("suspends");
        }

        Assert.All(await pooled.WaitForAsync(5), Assert.False);
        await runtime.DisposeAsync();
        await system.Terminate();
    }

    [Fact]
    public async Task NextRun_HasItsOwnActorAsSender()
    {
        await using EventRuntime runtime = EventRuntime.Create();
        Journal<IActorRef> senders = new();
        IActorRef plain = runtime.System.ActorOf(actor =>
            actor.ReceiveAny((_, context) => senders.Add(context.Sender))
        );
        Controller controller = runtime.CreateController(options => options.Mapping.On("x", _ => plain.Tell("told")));
        List<IActorRef> expected = [];
        for (int i = 1; i <= 6; i++)
        {
            controller.Run();
            await controller.Dispatch("x").Guarded();
            await controller.Dispatch("x").Guarded();
            expected.AddRange([controller.Ref, controller.Ref]);
            await senders.WaitForAsync(2 * i);
            await controller.ShutdownAsync().Guarded();
        }

        Assert.Equal(expected, await senders.WaitForAsync(12));
        Assert.Equal(6, expected.Distinct().Count());
    }
}
