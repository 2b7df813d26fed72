using Akka.Actor;
using Akka.Remote.Transport;
using Google.Protobuf;

namespace EventDrivenActors.Subprocess.Link;

/// <summary>A connection that has passed the handshake. Akka.Remote sees it as an association; envelopes are written and read here, past Akka's actors.</summary>
/// <remarks>
/// Their bytes are those that Akka's writer would send, but a call crosses six actors less each way. What is left for Akka are the two ends'
/// introduction and farewell.
/// </remarks>
internal sealed class LinkAssociation : AssociationHandle, IFrameSink
{
    private readonly Lock _gate = new();
    private readonly FrameConnection _connection;
    private readonly PduGuard _guard;
    private readonly EnvelopePdu _pdu;
    private readonly Heartbeat _heartbeat;
    private readonly LinkChannel _channel;
    private readonly Queue<IHandleEvent> _early = new();
    private IHandleEventListener? _listener;

    public LinkAssociation(
        Address local, Address remote, FrameConnection connection, PduGuard guard, EnvelopePdu pdu, Heartbeat heartbeat, LinkChannel channel)
        : base(local, remote)
    {
        _connection = connection;
        _guard = guard;
        _pdu = pdu;
        _heartbeat = heartbeat;
        _channel = channel;
        _ = ListenAsync();
        connection.Start(this, "link-reader");
    }

    /// <summary>Sends an envelope, whole or, to an end that is gone, not at all.</summary>
    public void Send(LinkEnvelope envelope)
    {
        Span<byte> room = stackalloc byte[_pdu.MaximumHead];
        var head = room[^_pdu.WriteHead(room, envelope.Bytes.Length)..];
        _connection.Write(FrameKind.Pdu, head, envelope.Bytes.Span, _pdu.Tail);
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
        switch (_guard.Judge(payload, out var envelope))
        {
            case PduVerdict.Envelope:
                Take(EnvelopeFormat.Read(envelope));
                break;
            case PduVerdict.Instruction:
                Notify(new InboundPayload(ByteString.CopyFrom(payload.Span)));
                break;
        }
    }

    // "Shutdown" makes Akka forget the other end at once and in silence; "Unknown" would keep its endpoint for days, and log.
    public void OnEnd(string reason, bool isBreach)
    {
        _heartbeat.Dispose();
        _channel.Close(reason, isBreach);
        Notify(new Disassociated(DisassociateInfo.Shutdown));
    }

    /// <summary>Whatever is thrown ends the link, for an envelope must not be lost in silence.</summary>
    private void Take(LinkEnvelope envelope)
    {
        try
        {
            _channel.Receive(envelope);
        }
        catch (Exception reason) when (reason is not LinkProtocolException)
        {
            throw new LinkProtocolException(reason.Message);
        }
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
