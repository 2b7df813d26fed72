using Akka.Actor;
using Akka.Dispatch;

namespace EventDrivenActors.Actors;

/// <summary>The actor of a controller: gives its loop turns, and lets plain Akka code talk to it.</summary>
/// <remarks>
/// Handlers' exceptions never reach it, so its supervisor only sees what Akka users do to it: kill, stop, restart.
/// </remarks>
internal sealed class ControllerActor(IActorHost host) : UntypedActor
{
    private bool _introduced;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Drain drain:
                if (!_introduced && Context is ActorCell home)
                {
                    Introduce(home);
                }

                if (host.Turn())
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

    /// <summary>
    /// A dispatcher of another kind may use its own threads or order, so it must give the turns itself.
    /// </summary>
    private void Introduce(ActorCell home)
    {
        _introduced = true;
        if (
            home.Dispatcher.GetType() == typeof(Dispatcher)
            && home.Dispatcher.Configurator.Config.GetString("executor") is "default-executor" or "thread-pool-executor"
        )
        {
            host.TurnsFreely(home);
        }
    }
}
