using Akka.Actor;
using Akka.Routing;
using EventDrivenActors.Actors;

namespace EventDrivenActors.Pools;

/// <summary>The pool as a router, to plain Akka users.</summary>
internal sealed class PoolActor(ControllerPool pool, IActorHost host) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ControllerEvent told:
                host.Told(told, Sender);
                break;
            case Broadcast broadcast:
                foreach (Controller worker in pool.Workers)
                {
                    worker.Ref.Tell(broadcast.Message, Sender);
                }

                break;
            case GetRoutees:
                Sender.Tell(new Routees([.. pool.Workers.Select(worker => Routee.FromActorRef(worker.Ref))]));
                break;
            case AdjustPoolSize adjust:
                pool.Resize(size => Math.Max(1, size + adjust.Change));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PreRestart(Exception reason, object message)
    {
        // The pool belongs to its handle: a restarted actor goes on with it.
    }

    protected override void PostStop() => host.ActorStopped(Self);
}
