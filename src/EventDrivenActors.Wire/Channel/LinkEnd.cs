namespace EventDrivenActors.Wire.Channel;

/// <summary>One end of a link on its connection: writes and reads envelopes, which never wait for Akka.</summary>
internal sealed class LinkEnd : IFrameSink
{
    private readonly FrameConnection _connection;
    private readonly Heartbeat _heartbeat;
    private readonly LinkChannel _channel;
    private readonly IFrameSink _others;

    /// <summary>Begins to read.</summary>
    /// <param name="connection">To the other end.</param>
    /// <param name="heartbeat">Hears of every frame.</param>
    /// <param name="channel">Takes the envelopes.</param>
    /// <param name="others">Takes the frames that are none of the link's own, and hears of the end last.</param>
    public LinkEnd(FrameConnection connection, Heartbeat heartbeat, LinkChannel channel, IFrameSink others)
    {
        _connection = connection;
        _heartbeat = heartbeat;
        _channel = channel;
        _others = others;
        connection.Start(this, "link-reader");
    }

    /// <summary>Sends an envelope, whole or, to an end that is gone, not at all.</summary>
    public void Send(LinkEnvelope envelope) => _connection.Write(FrameKind.Envelope, [], envelope.Bytes.Span, []);

    public void OnFrame(FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        _heartbeat.Heard(kind, payload.Span);
        switch (kind)
        {
            case FrameKind.Envelope:
                Take(EnvelopeFormat.Read(payload));
                break;
            case FrameKind.Heartbeat:
                break;
            case FrameKind.Pdu:
                _others.OnFrame(kind, payload);
                break;
            default:
                throw new LinkProtocolException($"A frame is of the kind '{(byte)kind}', which is not known.");
        }
    }

    public void OnEnd(string reason, bool isBreach)
    {
        _heartbeat.Dispose();
        _channel.Close(reason, isBreach);
        _others.OnEnd(reason, isBreach);
    }

    /// <summary>Any exception ends the link, because an envelope must not be lost in silence.</summary>
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
}
