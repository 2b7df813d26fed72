using Akka.Actor;
using Akka.Remote.Transport;
using Google.Protobuf;

namespace EventDrivenActors.Subprocess.Remoting;

/// <summary>Akka.Remote's view of a link: the two ends' introduction. Envelopes do not come this way.</summary>
internal sealed class LinkAssociation : AssociationHandle, IInstructed
{
    private readonly RemotingEnd _end;

    // Set once.
    private IHandleEventListener _listener = null!;

    public LinkAssociation(Address local, Address remote, RemotingEnd end)
        : base(local, remote)
    {
        _end = end;
        _ = ListenAsync();
    }

    public override bool Write(ByteString payload) => _end.Write(payload.Span);

    [Obsolete("Akka asks for this member, and has declared it obsolete.")]
    public override void Disassociate() => _end.Close();

    public void OnInstruction(ReadOnlySpan<byte> pdu) => _listener.Notify(new InboundPayload(ByteString.CopyFrom(pdu)));

    // "Shutdown" makes Akka forget the other end at once and in silence; "Unknown" would keep its endpoint for days,
    // and log.
    public void OnEnd() => _listener.Notify(new Disassociated(DisassociateInfo.Shutdown));

    private async Task ListenAsync()
    {
        _listener = await ReadHandlerSource.Task.ConfigureAwait(false);
        _end.Attach(this);
    }
}
