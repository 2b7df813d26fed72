using Akka.Actor;

namespace EventDrivenActors.Actors;

/// <summary>Makes controller actors without reflection.</summary>
internal sealed class ControllerActorProducer(Func<ActorBase> produce, Type actorType) : IIndirectActorProducer
{
    public Type ActorType => actorType;

    public static Props Props(IActorHost host, Turns turns) => Props(() => new ControllerActor(host, turns));

    public static Props Props<TActor>(Func<TActor> produce)
        where TActor : ActorBase => Akka.Actor.Props.CreateBy(new ControllerActorProducer(produce, typeof(TActor)));

    public ActorBase Produce() => produce();

    public void Release(ActorBase actor)
    {
        // Nothing is held for an actor.
    }
}
