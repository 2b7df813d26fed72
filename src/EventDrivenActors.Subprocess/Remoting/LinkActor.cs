using Akka.Actor;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Remoting;

/// <summary>
/// The address of an end of a link. Its envelopes are taken from the connection before they would reach it; it ends the
/// link with its system.
/// </summary>
internal sealed class LinkActor : UntypedActor
{
    private readonly LinkChannel _channel;

    private LinkActor(LinkChannel channel) => _channel = channel;

    public static Props Props(LinkChannel channel) => Akka.Actor.Props.CreateBy(new Producer(channel));

    protected override void PostStop() => _channel.Close("the actor system of the link has ended");

    protected override void OnReceive(object message) => Unhandled(message);

    private sealed class Producer(LinkChannel channel) : IIndirectActorProducer
    {
        public Type ActorType => typeof(LinkActor);

        public ActorBase Produce() => new LinkActor(channel);

        public void Release(ActorBase actor) { }
    }
}
