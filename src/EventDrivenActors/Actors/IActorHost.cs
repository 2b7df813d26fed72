using Akka.Actor;

namespace EventDrivenActors.Actors;

/// <summary>What an actor asks of the handle that it works for.</summary>
internal interface IActorHost
{
    /// <summary>Does one turn of work.</summary>
    /// <returns>Whether there is more.</returns>
    bool Turn();

    /// <summary>
    /// The actor has got its first message, and its turns are plain work of the thread pool: the next ones need not
    /// come by its mailbox.
    /// </summary>
    void TurnsFreely(ActorCell home)
    {
        // Not every host has such turns.
    }

    /// <summary>An event came as a plain message.</summary>
    void Told(ControllerEvent told, IActorRef sender);

    /// <summary>The actor has ended, for whatever reason.</summary>
    void ActorStopped(IActorRef actor);
}
