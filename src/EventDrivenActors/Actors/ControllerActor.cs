using Akka.Actor;

namespace EventDrivenActors.Actors;

/// <summary>The actor of a controller: gives its loop turns, and lets plain Akka code talk to it.</summary>
/// <remarks>
/// Handlers' exceptions never reach it, so its supervisor only sees what Akka users do to it: kill, stop, restart.
/// </remarks>
internal sealed class ControllerActor(IActorHost host, Turns turns) : UntypedActor
{
    // The thread that runs the actor.
    private bool _hasLeft;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Drain drain:
                if (!_hasLeft && Context is ActorCell cell)
                {
                    _hasLeft = true;
                    turns.LeaveActor(cell);
                }

                if (turns.Run())
                {
                    Self.Tell(drain, ActorRefs.NoSender);
                }

                break;
            case ControllerEvent told:
                host.Told(told, Sender);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PreRestart(Exception reason, object message)
    {
        // The loop belongs to the handle: a restarted actor goes on with it, and nothing queued is lost.
    }

    protected override void PostRestart(Exception reason) => Self.Tell(Drain.Instance, ActorRefs.NoSender);

    protected override void PostStop() => host.ActorStopped(Self);
}
