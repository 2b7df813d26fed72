using Akka.Actor;
using EventDrivenActors.Actors;
using EventDrivenActors.EventLoop;

namespace EventDrivenActors;

public sealed partial class Controller
{
    /// <summary>Connects the loop, which knows no actor, with the actor, which knows no loop.</summary>
    private sealed class Edge(Controller controller) : ILoopHost, IActorHost
    {
        IController ILoopHost.Controller => controller;

        public IController? Pool => controller.Pool;

        public int WorkerIndex => controller._membership?.Index ?? 0;

        public IActorRef CreateActor() =>
            (controller._actorFactory ?? controller._runtime.System).ActorOf(
                ControllerActorProducer.Props(this, controller._turns)
            );

        public void RunEnded(Func<long> deadline) => _ = controller.CloseRunAsync(deadline);

        public void Finishing() => controller._lifecycle?.Finishing();

        public void Aborting() => controller._lifecycle?.Aborting();

        public Func<int> Cleaning() => controller._lifecycle?.Cleaning() ?? (static () => 0);

        public void LogFailure(object key, Exception exception) => controller.Log.HandlerFailed(key, exception);

        public void LogBroken(Exception exception) => controller.Log.AdapterFailed(exception);

        public void LogStuck(object key, TimeSpan timeout) => controller.Log.HandlerStuck(key, timeout);

        public void LogUnhandled(object key) => controller.OnUnhandled(key);

        public void Told(ControllerEvent told, IActorRef sender) =>
            controller.Send(
                sender.IsNobody()
                    ? new PostedEvent(
                        controller._loop,
                        EventKey.Unwrap(told.Key),
                        told.Value,
                        told.Context,
                        told.Args?.ToArray()
                    )
                    : new RepliedEvent(controller._loop, told, sender)
            );

        public void ActorStopped(IActorRef actor)
        {
            if (controller._actor.Lost(actor))
            {
                controller._loop.Terminate(EventOutcome.Closed);
            }
        }
    }
}
