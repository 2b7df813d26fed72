using Akka.Actor;

namespace EventDrivenActors.Actors;

/// <summary>The handle that an actor works for, as the actor sees it.</summary>
internal interface IActorHost
{
    /// <summary>Makes the actor.</summary>
    IActorRef CreateActor();

    /// <summary>An event came as a plain message.</summary>
    void Told(ControllerEvent told, IActorRef sender);

    /// <summary>The actor has ended, for whatever reason.</summary>
    void ActorStopped(IActorRef actor);
}
