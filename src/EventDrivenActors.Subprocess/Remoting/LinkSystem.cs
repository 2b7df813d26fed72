using Akka.Actor;
using EventDrivenActors.Subprocess.Configuration;

namespace EventDrivenActors.Subprocess.Remoting;

/// <summary>A private actor system whose only way out is <see cref="UnixSocketTransport"/>.</summary>
internal sealed class LinkSystem(ActorSystem system, UnixSocketTransport transport)
{
    public ActorSystem System { get; } = system;

    /// <summary>Boots a system. Takes about a tenth of a second the first time, nearly all of it compilation.</summary>
    public static async Task<LinkSystem> BootAsync(string name, SubprocessSettings settings)
    {
        // Akka blocks the caller until its remoting works, and that work needs the threads of the pool. A set-up object
        // would say what the configuration cannot, but makes Akka read the application's XML configuration too.
        ActorSystem system = await Task
            .Factory.StartNew(
                () => ActorSystem.Create(name, settings.LinkSystem),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            )
            .ConfigureAwait(false);
        UnixSocketTransport transport = await LinkPorts.Of(system).Transport.ConfigureAwait(false);
        transport.Limit(settings.Channel.MaximumFrame);
        return new LinkSystem(system, transport);
    }

    /// <summary>Expects the child to introduce itself at the parent's end of its link.</summary>
    public Task ExpectAsync(RemotingEnd end, Guid incarnation) =>
        transport.AcceptAsync(Represent(end, LinkNames.ParentActor(incarnation), LinkNames.ChildSystem(incarnation)));

    /// <summary>Introduces the child to its parent.</summary>
    public Task IntroduceAsync(RemotingEnd end, string parentSystem, Guid incarnation)
    {
        LinkPorts.Of(System).Provide(Represent(end, LinkNames.ChildActor, parentSystem));
        // Akka associates for the sake of a message, of which only that it was written matters.
        string parent = LinkAddresses.PathOf(parentSystem, LinkNames.ParentActor(incarnation));
        Provider.ResolveActorRef(parent).Tell("", ActorRefs.NoSender);
        return Task.CompletedTask;
    }

    private LinkAssociation Represent(RemotingEnd end, string name, string other)
    {
        IActorRef actor = System.ActorOf(LinkActor.Props(end.Channel), name);
        _ = end.Channel.Closed.ContinueWith(
            _ => System.Stop(actor),
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default
        );
        return new LinkAssociation(LinkAddresses.Bare(System.Name), LinkAddresses.Bare(other), end);
    }

    private IActorRefProvider Provider => ((ExtendedActorSystem)System).Provider;
}
