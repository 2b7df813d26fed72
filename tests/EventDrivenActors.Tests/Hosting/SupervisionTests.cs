using Akka.Actor;
using EventDrivenActors.TestKit;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests.Hosting;

/// <summary>A controller as the child of an application's actor.</summary>
public sealed class SupervisionTests : ControllerTestKit
{
    [Fact]
    public async Task ParentThatRestartsItsChildren_LosesNoQueuedEvent()
    {
        (IActorRef _, Controller controller) = await UnderAsync(Directive.Restart);
        Gate gate = new();
        Pending held = controller.Dispatch("hold", gate);
        await gate.Entered;
        IActorRef before = controller.Ref;
        Pending[] queued = [.. Enumerable.Range(0, 20).Select(number => controller.Dispatch("echo", number))];

        controller.Ref.Tell(Kill.Instance);
        gate.Open();

        await held.Guarded();
        foreach ((int number, Pending pending) in queued.Index())
        {
            Assert.Equal([number], await pending.Guarded());
        }

        Assert.Equal(before, controller.Ref);
        controller.Ref.Tell(Kill.Instance);
        controller.Ref.Tell(new ControllerEvent("echo", "after another kill"), TestActor);
        Assert.Equal(["after another kill"], await ExpectMsgAsync<IReadOnlyList<object?>>(HangGuard.Limit));
    }

    [Fact]
    public async Task ParentThatStopsItsChildren_ClosesWhatIsOpen()
    {
        (IActorRef _, Controller controller) = await UnderAsync(Directive.Stop);
        Gate gate = new();
        Pending held = controller.Dispatch("hold", gate);
        await gate.Entered;
        Pending queued = controller.Dispatch("echo", 1);

        controller.Ref.Tell(Kill.Instance);

        Assert.Equal(PendingStatus.Closed, await held.StatusAsync());
        Assert.Equal(PendingStatus.Closed, await queued.StatusAsync());
        gate.Open();
    }

    [Fact]
    public async Task ParentsEnd_ClosesTheControllerAndThePool()
    {
        (IActorRef parent, Controller controller) = await UnderAsync(Directive.Stop);
        Gate gate = new();
        Pending held = controller.Dispatch("hold", gate);
        await gate.Entered;
        Pending queued = controller.Dispatch("echo", 1);

        Sys.Stop(parent);

        Assert.Equal(PendingStatus.Closed, await held.StatusAsync());
        Assert.Equal(PendingStatus.Closed, await queued.StatusAsync());
        await controller.WaitAsync().Guarded();
        Assert.Throws<ControllerClosedException>(() => controller.Dispatch("echo"));
        Assert.Contains(
            "actor's context",
            Assert.Throws<InvalidOperationException>(() => controller.Run()).Message,
            StringComparison.Ordinal
        );
        gate.Open();
    }

    [Theory]
    [InlineData(ShutdownMode.Drain)]
    [InlineData(ShutdownMode.Finish)]
    [InlineData(ShutdownMode.Abort)]
    public async Task Watcher_HearsOfTheShutdown(ShutdownMode mode)
    {
        (IActorRef _, Controller controller) = await UnderAsync(Directive.Stop);
        Watch(controller.Ref);
        Pending accepted = controller.Dispatch("echo", 1);

        await controller.ShutdownAsync(mode).Guarded();

        Assert.True(accepted.IsSettled);
        await ExpectTerminatedAsync(controller.Ref, HangGuard.Limit);
    }

    private async Task<(IActorRef Parent, Controller Controller)> UnderAsync(Directive directive)
    {
        TaskCompletionSource<Controller> made = new(TaskCreationOptions.RunContinuationsAsynchronously);
        IActorRef parent = Sys.ActorOf(Props.Create(() => new Parent(Runtime, directive, made)));
        Controller controller = await made.Task.Guarded();
        Assert.Equal(parent.Path, controller.Ref.Path.Parent);
        return (parent, controller);
    }

    private sealed class Parent : UntypedActor
    {
        private readonly Directive _directive;

        public Parent(EventRuntime runtime, Directive directive, TaskCompletionSource<Controller> made)
        {
            _directive = directive;
            Controller controller = runtime.CreateController(options =>
            {
                options.ActorFactory = Context;
                options
                    .Mapping.On("echo", session => session.Value)
                    .On("hold", session => ((Gate)session.Value!).PassAsync());
            });
            controller.Run();
            made.SetResult(controller);
        }

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => _directive);

        protected override void OnReceive(object message) => Unhandled(message);
    }
}
