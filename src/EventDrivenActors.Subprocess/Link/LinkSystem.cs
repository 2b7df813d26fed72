using Akka.Actor;
using EventDrivenActors.Subprocess.Configuration;

namespace EventDrivenActors.Subprocess.Link;

/// <summary>A private actor system whose only way out is <see cref="UnixSocketTransport"/>.</summary>
internal sealed class LinkSystem(ActorSystem system, UnixSocketTransport transport)
{
    public ActorSystem System { get; } = system;

    /// <summary>Boots a system. Takes about a quarter of a second the first time, nearly all of it compilation.</summary>
    public static async Task<LinkSystem> BootAsync(string name, SubprocessSettings settings)
    {
        // Akka blocks the caller until its remoting stands; a thread of the pool would be missing where that work is done. A set-up object would say
        // what the configuration cannot, but makes Akka read the application's XML configuration too.
        var system = await Task.Factory.StartNew(
            () => ActorSystem.Create(name, settings.LinkSystem), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .ConfigureAwait(false);
        var transport = await LinkPorts.Of(system).Transport.ConfigureAwait(false);
        transport.Limit(settings.MaximumFrame);
        return new LinkSystem(system, transport);
    }

    /// <summary>Makes the parent's end of a link; it stands when <see cref="LinkChannel.Established"/> completes.</summary>
    public async Task AcceptAsync(
        LinkChannel channel, FrameConnection connection, Heartbeat heartbeat, Guid incarnation, Action<long>? onDropped = null)
    {
        var child = LinkNames.ChildSystem(incarnation);
        var name = LinkNames.ParentActor(incarnation);
        Represent(channel, name);
        var guard = new PduGuard(LinkAddresses.PathOf(System.Name, name), child, onDropped);
        var pdu = new EnvelopePdu(LinkAddresses.PathOf(child, LinkNames.ChildActor));
        var association = new LinkAssociation(LinkAddresses.Bare(System.Name), LinkAddresses.Bare(child), connection, guard, pdu, heartbeat, channel);
        await transport.AcceptAsync(association).ConfigureAwait(false);
        // The child speaks first.
        _ = channel.Established.ContinueWith(
            _ => channel.Open(association.Send), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }

    /// <summary>Makes the child's end of its link and opens it.</summary>
    public void Connect(LinkChannel channel, FrameConnection connection, Heartbeat heartbeat, StartMessage start)
    {
        var parent = LinkAddresses.PathOf(start.ParentSystem, LinkNames.ParentActor(start.Incarnation));
        Represent(channel, LinkNames.ChildActor);
        var guard = new PduGuard(LinkAddresses.PathOf(System.Name, LinkNames.ChildActor), start.ParentSystem);
        var association = new LinkAssociation(
            LinkAddresses.Bare(System.Name), LinkAddresses.Bare(start.ParentSystem), connection, guard, new EnvelopePdu(parent), heartbeat, channel);
        LinkPorts.Of(System).Provide(association);
        channel.Open(association.Send);
        // Akka associates for the sake of a message.
        Provider.ResolveActorRef(parent).Tell(EnvelopeFormat.Build(0, 0, EnvelopeFlags.Hello, []), ActorRefs.NoSender);
    }

    private void Represent(LinkChannel channel, string name)
    {
        var actor = System.ActorOf(LinkActor.Props(channel), name);
        _ = channel.Closed.ContinueWith(_ => System.Stop(actor), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private IActorRefProvider Provider => ((ExtendedActorSystem)System).Provider;
}
