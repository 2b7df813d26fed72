using Akka.Actor;
using Akka.Configuration;
using Akka.Remote.Transport;

namespace EventDrivenActors.Subprocess.Remoting;

/// <summary>
/// Akka.Remote over sockets that others have accepted or connected: it listens nowhere by itself, so no port is ever
/// open.
/// </summary>
internal sealed class UnixSocketTransport : Akka.Remote.Transport.Transport
{
    private readonly LinkPorts _ports;
    private readonly TaskCompletionSource<IAssociationEventListener> _listener = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    /// <summary>Called by Akka by reflection.</summary>
    public UnixSocketTransport(ActorSystem system, Config config)
    {
        System = system;
        Config = config;
        SchemeIdentifier = LinkAddresses.Scheme;
        _ports = LinkPorts.Of(system);
    }

    /// <summary>Sets the longest PDU in bytes, before the first connection.</summary>
    public void Limit(int maximumPayload) => MaximumPayloadBytes = maximumPayload;

    public override Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen()
    {
        _ports.Provide(this);
        return Task.FromResult((LinkAddresses.Bare(System.Name), _listener));
    }

    public override bool IsResponsibleFor(Address remote) =>
        remote.Protocol.EndsWith(LinkAddresses.Scheme, StringComparison.Ordinal);

    /// <summary>
    /// A child's one association, which was connected before; a parent never asks, because its children come to it.
    /// </summary>
    public override async Task<AssociationHandle> Associate(Address remoteAddress)
    {
        if (_ports.Outbound is not { IsCompletedSuccessfully: true } outbound)
        {
            throw new InvalidAssociationException(
                $"'{remoteAddress}' is not connected, and a link is never made a second time."
            );
        }

        return await outbound.ConfigureAwait(false);
    }

    /// <summary>Announces a connection that a child has made.</summary>
    public async Task AcceptAsync(LinkAssociation association) =>
        (await _listener.Task.ConfigureAwait(false)).Notify(new InboundAssociation(association));

    public override Task<bool> Shutdown() => Task.FromResult(true);
}
