using Akka.Actor;
using EventDrivenActors;

// The controllers live in an existing actor system.
ActorSystem system = ActorSystem.Create("plain", "akka.loglevel = OFF");
EventRuntime runtime = EventRuntime.For(system);
system.ActorOf(Props.Create(() => new Foreman(runtime)), "foreman");
await system.WhenTerminated;

/// <summary>An ordinary actor with a controller as its child.</summary>
internal sealed class Foreman : ReceiveActor
{
    private readonly Controller _worker;
    private int _replies;

    public Foreman(EventRuntime runtime)
    {
        _worker = runtime.CreateController(o =>
        {
            o.Name = "worker";
            o.ActorFactory = Context;
            o.Mapping.On("area", (int width, int height) => width * height)
                .On("break", session => throw new InvalidOperationException("It broke."));
        });
        _worker.Run();

        // Watch and Tell work as with any actor; the results come back to the sender.
        Context.Watch(_worker.Ref);
        _worker.Ref.Tell(new ControllerEvent("area", Args: [2, 3]));

        Receive<IReadOnlyList<object?>>(results =>
        {
            Console.WriteLine($"area: {results[0]}");
            if (++_replies == 1)
            {
                _worker.Ref.Tell(new ControllerEvent("break"));
            }
            else
            {
                _worker.Shutdown();
            }
        });

        // A failed handler is a message to the sender, and nothing to the supervisor. Killing the actor is.
        Receive<Status.Failure>(failure =>
        {
            Console.WriteLine($"break: {failure.Cause.Message}");
            _worker.Ref.Tell(Kill.Instance);
            _worker.Ref.Tell(new ControllerEvent("area", Args: [4, 5]));
        });

        Receive<Terminated>(terminated =>
        {
            Console.WriteLine(
                $"terminated: {terminated.ActorRef.Equals(_worker.Ref)}, the controller is {_worker.State}"
            );
            Context.System.Terminate();
        });
    }

    // A restarted controller goes on with its queue: nothing is lost.
    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(reason =>
        {
            Console.WriteLine($"supervisor: {reason.GetType().Name}, restart");
            return Directive.Restart;
        });
}
