using Akka.Actor;
using Akka.Remote.Transport;
using Google.Protobuf;

namespace EventDrivenActors.Subprocess.Link;

/// <summary>A connection that has passed the handshake, as Akka.Remote sees it.</summary>
internal sealed class LinkAssociation : AssociationHandle, IFrameSink
{
    private readonly Lock _gate = new();
    private readonly FrameConnection _connection;
    private readonly PduGuard _guard;
    private readonly Heartbeat _heartbeat;
    private readonly IActorRef _linkActor;
    private readonly Queue<IHandleEvent> _early = new();
    private IHandleEventListener? _listener;
    private long _envelopes;

    public LinkAssociation(Address local, Address remote, FrameConnection connection, PduGuard guard, Heartbeat heartbeat, IActorRef linkActor)
        : base(local, remote)
    {
        _connection = connection;
        _guard = guard;
        _heartbeat = heartbeat;
        _linkActor = linkActor;
        _ = ListenAsync();
        connection.Start(this, "link-reader");
    }

    public override bool Write(ByteString payload) => _connection.Write(FrameKind.Pdu, payload.Span);

    [Obsolete("Akka asks for this member, and has declared it obsolete.")]
    public override void Disassociate() => _connection.Close();

    public void OnFrame(FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        _heartbeat.Heard(kind, payload.Span);
        if (kind == FrameKind.Heartbeat)
            return;
        if (kind != FrameKind.Pdu)
            throw new LinkProtocolException($"A frame is of the kind '{(byte)kind}', which is not known.");
        var verdict = _guard.Judge(payload.Span);
        if (verdict == PduVerdict.Dropped)
            return;
        _envelopes += verdict == PduVerdict.Envelope ? 1 : 0;
        Notify(new InboundPayload(UnsafeByteOperations.UnsafeWrap(payload)));
    }

    // "Shutdown" makes Akka forget the other end at once and in silence; "Unknown" would keep its endpoint for days, and log.
    public void OnEnd(string reason, bool isBreach)
    {
        _heartbeat.Dispose();
        _linkActor.Tell(new LinkEnd(reason, isBreach, _envelopes), ActorRefs.NoSender);
        Notify(new Disassociated(DisassociateInfo.Shutdown));
    }

    private void Notify(IHandleEvent happened)
    {
        lock (_gate)
        {
            if (_listener is null)
            {
                _early.Enqueue(happened);
                return;
            }
        }
        // Only the reading thread comes here, so the order holds without the lock.
        _listener.Notify(happened);
    }

    private async Task ListenAsync()
    {
        var listener = await ReadHandlerSource.Task.ConfigureAwait(false);
        lock (_gate)
        {
            while (_early.TryDequeue(out var happened))
                listener.Notify(happened);
            _listener = listener;
        }
    }
}
