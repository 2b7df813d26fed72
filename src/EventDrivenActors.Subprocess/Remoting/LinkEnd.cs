using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Remoting;

/// <summary>
/// One end of a link on its connection: envelopes are written and read here, without Akka's actors, and never wait for
/// them.
/// </summary>
/// <remarks>
/// Their bytes are those that Akka's writer would send, but a call passes six actors fewer each way, and the first one
/// does not wait for Akka.Remote. What is left for Akka is to introduce the two ends to each other, which it does after
/// the first messages.
/// </remarks>
internal sealed class LinkEnd : IFrameSink
{
    private const int MostEarly = 4;

    private readonly Lock _gate = new();
    private readonly FrameConnection _connection;
    private readonly PduGuard _guard;
    private readonly EnvelopePdu _pdu;
    private readonly Heartbeat _heartbeat;
    private readonly Queue<byte[]> _early = new();
    private IInstructed? _akka;
    private bool _ended;

    /// <summary>Begins to read.</summary>
    public LinkEnd(
        FrameConnection connection,
        PduGuard guard,
        EnvelopePdu pdu,
        Heartbeat heartbeat,
        LinkChannel channel
    )
    {
        _connection = connection;
        _guard = guard;
        _pdu = pdu;
        _heartbeat = heartbeat;
        Channel = channel;
        connection.Start(this, "link-reader");
    }

    public LinkChannel Channel { get; }

    /// <summary>Sends an envelope, whole or, to an end that is gone, not at all.</summary>
    public void Send(LinkEnvelope envelope)
    {
        Span<byte> room = stackalloc byte[_pdu.MaximumHead];
        Span<byte> head = room[^_pdu.WriteHead(room, envelope.Bytes.Length)..];
        _connection.Write(FrameKind.Pdu, head, envelope.Bytes.Span, _pdu.Tail);
    }

    /// <summary>Sends what Akka says.</summary>
    /// <returns>False when the other end does not keep pace.</returns>
    public bool Write(ReadOnlySpan<byte> pdu) => _connection.Write(FrameKind.Pdu, pdu);

    public void Close() => _connection.Close();

    /// <summary>From now on Akka hears what its other end says, and that the link has ended. Called once.</summary>
    public void Attach(IInstructed akka)
    {
        lock (_gate)
        {
            while (_early.TryDequeue(out byte[]? instruction))
            {
                akka.OnInstruction(instruction);
            }

            _akka = akka;
            if (_ended)
            {
                akka.OnEnd();
            }
        }
    }

    public void OnFrame(FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        _heartbeat.Heard(kind, payload.Span);
        if (kind == FrameKind.Heartbeat)
        {
            return;
        }

        if (kind != FrameKind.Pdu)
        {
            throw new LinkProtocolException($"A frame is of the kind '{(byte)kind}', which is not known.");
        }

        switch (_guard.Judge(payload, out ReadOnlyMemory<byte> envelope))
        {
            case PduVerdict.Envelope:
                Take(EnvelopeFormat.Read(envelope));
                break;
            case PduVerdict.Instruction:
                Pass(payload.Span);
                break;
            case PduVerdict.Farewell:
                _connection.Close();
                break;
        }
    }

    public void OnEnd(string reason, bool isBreach)
    {
        _heartbeat.Dispose();
        Channel.Close(reason, isBreach);
        lock (_gate)
        {
            _ended = true;
            _akka?.OnEnd();
        }
    }

    /// <summary>Any exception ends the link, because an envelope must not be lost in silence.</summary>
    private void Take(LinkEnvelope envelope)
    {
        try
        {
            Channel.Receive(envelope);
        }
        catch (Exception reason) when (reason is not LinkProtocolException)
        {
            throw new LinkProtocolException(reason.Message);
        }
    }

    private void Pass(ReadOnlySpan<byte> instruction)
    {
        lock (_gate)
        {
            if (_akka is not null)
            {
                _akka.OnInstruction(instruction);
            }
            else if (_early.Count < MostEarly)
            {
                // The first one introduces the other end; later ones say only that it lives.
                _early.Enqueue(instruction.ToArray());
            }
        }
    }
}
