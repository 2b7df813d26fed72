using Akka.Actor;

namespace EventDrivenActors.Subprocess.Remoting;

/// <summary>
/// Connects <see cref="UnixSocketTransport"/>, which Akka makes by reflection, with the code that feeds it.
/// </summary>
internal sealed class LinkPorts : IExtension
{
    private readonly TaskCompletionSource<UnixSocketTransport> _transport = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly TaskCompletionSource<LinkAssociation> _outbound = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    /// <summary>The transport, once Akka has made it.</summary>
    public Task<UnixSocketTransport> Transport => _transport.Task;

    /// <summary>The one association that this end asks for; set in a child.</summary>
    public Task<LinkAssociation> Outbound => _outbound.Task;

    /// <summary>Those of a system.</summary>
    public static LinkPorts Of(ActorSystem system) => system.WithExtension<LinkPorts, LinkPortsProvider>();

    public void Provide(UnixSocketTransport transport) => _transport.TrySetResult(transport);

    public void Provide(LinkAssociation outbound) => _outbound.TrySetResult(outbound);
}
