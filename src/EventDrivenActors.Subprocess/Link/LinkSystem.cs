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
        LinkChannel channel, FrameConnection connection, Heartbeat heartbeat, Guid incarnation, Action<string> breach, Action<long>? onDropped = null)
    {
        var child = LinkNames.ChildSystem(incarnation);
        var name = LinkNames.ParentActor(incarnation);
        var remote = Provider.ResolveActorRef(LinkAddresses.PathOf(child, LinkNames.ChildActor));
        var actor = System.ActorOf(LinkActor.Props(channel, LinkAddresses.Full(child), breach), name);
        var guard = new PduGuard(LinkAddresses.PathOf(System.Name, name), child, onDropped);
        await transport.AcceptAsync(new LinkAssociation(LinkAddresses.Bare(System.Name), LinkAddresses.Bare(child), connection, guard, heartbeat, actor))
            .ConfigureAwait(false);
        // What is sent before the child's first envelope has come would make Akka ask for an association of its own, and gate the address.
        _ = channel.Established.ContinueWith(
            _ => channel.Open(envelope => remote.Tell(envelope, ActorRefs.NoSender)),
            CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }

    /// <summary>Makes the child's end of its link and opens it.</summary>
    public void Connect(LinkChannel channel, FrameConnection connection, Heartbeat heartbeat, StartMessage start, Action<string> breach)
    {
        var remote = Provider.ResolveActorRef(LinkAddresses.PathOf(start.ParentSystem, LinkNames.ParentActor(start.Incarnation)));
        var actor = System.ActorOf(LinkActor.Props(channel, LinkAddresses.Full(start.ParentSystem), breach), LinkNames.ChildActor);
        var guard = new PduGuard(LinkAddresses.PathOf(System.Name, LinkNames.ChildActor), start.ParentSystem);
        LinkPorts.Of(System).Provide(new LinkAssociation(LinkAddresses.Bare(System.Name), LinkAddresses.Bare(start.ParentSystem), connection, guard, heartbeat, actor));
        channel.Open(envelope => remote.Tell(envelope, ActorRefs.NoSender));
    }

    private IActorRefProvider Provider => ((ExtendedActorSystem)System).Provider;
}
