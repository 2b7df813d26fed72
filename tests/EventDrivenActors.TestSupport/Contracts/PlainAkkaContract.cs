using Akka.Actor;

namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>To plain Akka code a controller is an actor, which it can tell, watch, stop, and have as a child.</summary>
public abstract class PlainAkkaContract : ContractBase
{
    [Fact]
    public async Task Tell_WithASender_IsAnsweredWithTheResults()
    {
        ActorProbe probe = new(Runtime.System);
        SessionKey<int> number = new("number");
        IController controller = Start(m =>
            m.On("x", session => $"{session.Value} {session.Args.Count} {session.Get(number)}")
                .On(
                    "x",
                    async _ =>
                    {
                        await Task.Yield();
                        return 2;
                    }
                )
        );

        controller.Ref.Tell(
            new ControllerEvent("x", "value", [1, 2, 3], SessionContext.Empty.With(number, 5)),
            probe.Ref
        );

        Assert.Equal(["value 3 5", 2], await probe.ExpectAsync<IReadOnlyList<object?>>());
    }

    [Fact]
    public async Task Tell_OfAFailingEvent_IsAnsweredWithTheFailure()
    {
        TestFailureException failure = new();
        ActorProbe probe = new(Runtime.System);
        IController controller = Start(m => m.On("bad", _ => Throw(failure)).On("good", _ => 1));

        controller.Ref.Tell(new ControllerEvent("bad"), probe.Ref);
        Assert.Same(failure, (await probe.ExpectAsync<Status.Failure>()).Cause);

        controller.Ref.Tell(new ControllerEvent("good"), probe.Ref);
        Assert.Equal([1], await probe.ExpectAsync<IReadOnlyList<object?>>());
    }

    [Fact]
    public async Task Tell_OfASkippedOrUnknownEvent_IsAnsweredWithAnEmptyList()
    {
        ActorProbe probe = new(Runtime.System);
        IController controller = Start(m =>
            m.On("x", _ => 1)
                .Before(session =>
                {
                    if (session.Event is "x")
                    {
                        session.Skip();
                    }
                })
        );

        controller.Ref.Tell(new ControllerEvent("x"), probe.Ref);
        Assert.Empty(await probe.ExpectAsync<IReadOnlyList<object?>>());
        controller.Ref.Tell(new ControllerEvent("unknown"), probe.Ref);
        Assert.Empty(await probe.ExpectAsync<IReadOnlyList<object?>>());
    }

    [Fact]
    public async Task Tell_WithoutASender_RunsTheHandler()
    {
        Journal<object?> journal = new();
        Journal<object> errors = new();
        IController controller = Start(m =>
            m.On("x", session => journal.Add(session.Value))
                .On("bad", _ => Throw(new TestFailureException()))
                .On(ControllerEvents.Error, (_, error) => errors.Add(error.Event))
        );

        controller.Ref.Tell(new ControllerEvent("bad"), ActorRefs.NoSender);
        controller.Ref.Tell(new ControllerEvent(new EventKey<int>("x"), 7), ActorRefs.NoSender);

        Assert.Equal([7], await journal.WaitForAsync(1));
        Assert.Equal(["bad"], await errors.WaitForAsync(1));
    }

    [Fact]
    public async Task Tell_ToAFullQueue_IsAnsweredWithAFailure()
    {
        ActorProbe probe = new(Runtime.System);
        IController controller = Create(options => options.Capacity = Workers + 1);
        controller.Run();
        Gate gate = await OccupyAsync(controller);
        for (int i = 0; i <= Workers; i++)
        {
            controller.Post("x");
        }

        controller.Ref.Tell(new ControllerEvent("x"), probe.Ref);

        Assert.IsType<QueueFullException>((await probe.ExpectAsync<Status.Failure>()).Cause);
        gate.Open();
    }

    [Fact]
    public async Task Tell_OfAnEventThatIsCancelledByAShutdown_IsAnsweredWithAFailure()
    {
        ActorProbe probe = new(Runtime.System);
        IController controller = Start(_ => { });
        Gate gate = await OccupyAsync(controller);
        controller.Ref.Tell(new ControllerEvent("x"), probe.Ref);
        controller.Ref.Tell(new Identify("behind the event"), probe.Ref);
        await probe.ExpectAsync<ActorIdentity>();

        Task ending = controller.ShutdownAsync(ShutdownMode.Finish);
        gate.Open();

        Assert.IsType<OperationCanceledException>((await probe.ExpectAsync<Status.Failure>()).Cause, exactMatch: false);
        await ending.Guarded();
    }

    [Fact]
    public async Task Tell_OfAnUnknownMessage_HarmsNothing()
    {
        IController controller = Start(m => m.On("x", _ => 1));

        controller.Ref.Tell("not an event");
        controller.Ref.Tell(new object());

        Assert.Equal([1], await controller.Dispatch("x").Guarded());
    }

    [Fact]
    public async Task Watcher_OfAController_HearsOfItsEnd()
    {
        ActorProbe probe = new(Runtime.System);
        IController controller = Start(_ => { });
        IActorRef watched = controller.Ref;
        await probe.WatchAsync(watched);

        await controller.ShutdownAsync().Guarded();

        Assert.Equal(watched, (await probe.ExpectAsync<Terminated>()).ActorRef);
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("poison")]
    [InlineData("kill")]
    public async Task ActorEndedByAkka_SettlesEverything_AndRunsAgain(string how)
    {
        IController controller = Start(m => m.On("x", _ => 1));
        Gate gate = NewGate();
        Gate arrived = NewGate();
        Pending running = controller.Submit(() =>
        {
            _ = arrived.PassAsync();
            return gate.PassAsync();
        });
        await arrived.Entered;
        await OccupyAsync(controller, Workers - 1);
        Pending[] queued = [.. Enumerable.Range(0, 10).Select(_ => controller.Dispatch("x"))];

        switch (how)
        {
            case "stop":
                Runtime.System.Stop(controller.Ref);
                break;
            case "poison":
                controller.Ref.Tell(PoisonPill.Instance);
                break;
            default:
                controller.Ref.Tell(Kill.Instance);
                break;
        }

        await controller.WaitAsync().Guarded();
        Assert.Equal(PendingStatus.Closed, await running.StatusAsync());
        foreach (Pending pending in queued)
        {
            Assert.Equal(PendingStatus.Closed, await pending.StatusAsync());
        }

        Assert.Equal(ControllerState.Stopped, controller.State);
        Assert.Throws<ControllerClosedException>(() => controller.Dispatch("x"));
        gate.Open();
        controller.Run();
        Assert.Equal([1], await controller.Dispatch("x").Guarded());
    }

    [Fact]
    public async Task ControllerUnderAParentActor_IsItsChildAndEndsWithIt()
    {
        ActorProbe parent = new(Runtime.System);
        IController controller = await parent.InActorAsync(context =>
        {
            IController child = CreateMapped(m => m.On("x", _ => 1), options => options.ActorFactory = context);
            child.Run();
            return child;
        });
        Assert.Equal([1], await controller.Dispatch("x").Guarded());
        Assert.Equal(parent.Ref.Path, controller.Ref.Path.Parent);
        Assert.Contains(controller.Ref, await parent.InActorAsync(context => context.GetChildren().ToArray()));
        Gate gate = await OccupyAsync(controller);
        Pending queued = controller.Dispatch("x");

        Runtime.System.Stop(parent.Ref);

        Assert.Equal(PendingStatus.Closed, await queued.StatusAsync());
        await controller.WaitAsync().Guarded();
        Assert.Equal(ControllerState.Stopped, controller.State);
        gate.Open();
    }

    [Fact]
    public async Task FailingHandlers_UnderAParentActor_DoNotReachItsSupervision()
    {
        ActorProbe parent = new(Runtime.System);
        IController controller = await parent.InActorAsync(context =>
        {
            IController child = CreateMapped(
                m => m.On("bad", _ => Throw(new TestFailureException())),
                options => options.ActorFactory = context
            );
            child.Run();
            context.Watch(child.Ref);
            return child;
        });
        IActorRef before = controller.Ref;

        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(PendingStatus.Faulted, await controller.Dispatch("bad").StatusAsync());
        }

        Assert.Equal(before, controller.Ref);
        await controller.ShutdownAsync().Guarded();
        Assert.Equal(before, (await parent.ExpectAsync<Terminated>()).ActorRef);
    }
}
