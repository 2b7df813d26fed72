using Akka.Actor;
using Akka.Remote;

namespace EventDrivenActors.Subprocess.Link;

/// <summary>The actor at an end of a link: hands envelopes to the channel, and closes it behind the last one.</summary>
internal sealed class LinkActor : UntypedActor
{
    private readonly LinkChannel _channel;
    private readonly Address _remote;
    private readonly Action<string> _breach;
    private LinkEnd? _end;
    private long _envelopes;

    private LinkActor(LinkChannel channel, Address remote, Action<string> breach)
    {
        _channel = channel;
        _remote = remote;
        _breach = breach;
    }

    /// <summary>The actor of a channel. <paramref name="breach"/> is called when the other end, or the peer of this end, broke a rule; it ends the connection.</summary>
    public static Props Props(LinkChannel channel, Address remote, Action<string> breach) =>
        Akka.Actor.Props.CreateBy(new Producer(() => new LinkActor(channel, remote, breach)));

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(DisassociatedEvent));

    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        _channel.Close("the actor system of the link has ended");
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case LinkEnvelope envelope:
                _envelopes++;
                Take(envelope);
                break;
            case LinkEnd end:
                _end = end;
                break;
            // Akka publishes this behind the last message that the association has delivered; an association that never stood publishes nothing.
            case DisassociatedEvent ended when ended.RemoteAddress == _remote:
                Close(_end ?? new LinkEnd("the connection has ended", IsBreach: false, _envelopes));
                break;
        }
        if (_end is { } known && known.Envelopes <= _envelopes)
            Close(known);
    }

    private void Take(LinkEnvelope envelope)
    {
        try
        {
            _channel.Receive(envelope);
        }
        catch (Exception reason)
        {
            _breach(reason.Message);
            Close(new LinkEnd(reason.Message, IsBreach: true, _envelopes));
        }
    }

    private void Close(LinkEnd end)
    {
        _channel.Close(end.Reason, end.IsBreach);
        Context.Stop(Self);
    }

    private sealed class Producer(Func<LinkActor> produce) : IIndirectActorProducer
    {
        public Type ActorType => typeof(LinkActor);

        public ActorBase Produce() => produce();

        public void Release(ActorBase actor)
        {
        }
    }
}
