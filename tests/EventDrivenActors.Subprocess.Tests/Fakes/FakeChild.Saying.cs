using System.Buffers;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Subprocess.Remoting;
using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Tests.Fakes;

/// <content>What it writes, true or not.</content>
internal sealed partial class FakeChild
{
    private static readonly PayloadCodec Payloads = new(new Wire.Payloads.TypeFilter());

    private long _sent;
    private long _received;

    /// <summary>The path of the parent's link actor.</summary>
    public string Parent => LinkAddresses.PathOf(_start.ParentSystem, LinkNames.ParentActor(_start.Incarnation));

    /// <summary>The name under which this child introduces itself.</summary>
    public string SystemName => LinkNames.ChildSystem(_start.Incarnation);

    /// <summary>The path of a top-level actor of the parent's link system.</summary>
    public string RootOf(string name) => $"{LinkAddresses.Full(_start.ParentSystem)}/{name}";

    public void SayHello(
        byte[]? nonce = null,
        int version = Handshake.ProtocolVersion,
        Guid? incarnation = null,
        Func<ModuleVersion, ModuleVersion>? module = null,
        int repeat = 1
    )
    {
        ModuleVersion[] modules =
        [
            .. Enumerable
                .Repeat(_start.Assemblies.Select(ModuleVersion.Of).Select(module ?? (one => one)), repeat)
                .SelectMany(one => one),
        ];
        SayHandshake(new ChildHello(version, incarnation ?? _start.Incarnation, modules).Encode(nonce ?? _start.Nonce));
    }

    /// <summary>Says anything as a hello, with a proof that holds.</summary>
    public void SayProven(byte[] content) =>
        SayHandshake([.. HandshakeProof.Of(_start.Nonce, HandshakeProof.Child, content), .. content]);

    /// <summary>Answers with one object that is said to be of this type.</summary>
    public void SayResult(Type type)
    {
        ArrayBufferWriter<byte> payload = new();
        payload.Write<byte>([(byte)PayloadTag.ObjectArray, 1, (byte)PayloadTag.Graph, (byte)GraphTag.NamedType]);
        payload.WriteText(WireTypeName.Of(type));
        payload.Write<byte>(new byte[100]);
        Say(new WireMessage.Settled(CallId, OutcomeKind.Completed, payload.WrittenMemory, null));
    }

    /// <summary>Settles the call that it is about to answer.</summary>
    public void SettleHonestly() => Settle(CallId, _key);

    /// <summary>Says nothing more until it is killed.</summary>
    public void FallSilent()
    {
        _reached.TrySetResult();
        _killed.Wait();
    }

    public void SayRaw(params byte[] bytes) => _wire.Write(bytes);

    public void SayFrame(byte kind, params byte[] payload) => _wire.WriteFrame((FrameKind)kind, payload);

    public void SayPdu(byte[] pdu) => _wire.WriteFrame(FrameKind.Pdu, pdu);

    /// <summary>
    /// Sends an envelope, with the number and the acknowledgement that an honest child would give unless they are
    /// given.
    /// </summary>
    public void SayEnvelope(
        long? number = null,
        EnvelopeFlags flags = EnvelopeFlags.None,
        byte[]? records = null,
        long? received = null
    ) =>
        _wire.WriteFrame(
            FrameKind.Envelope,
            EnvelopeFormat.Build(number ?? ++_sent, received ?? _received, flags, records ?? []).Bytes.Span
        );

    public void Say(WireMessage message) => SayMessage(Encode(writer => MessageCodec.Write(writer, message)));

    /// <summary>Sends bytes as a message, in a numbered envelope.</summary>
    public void SayMessage(params byte[] message) => SayEnvelope(records: Record(message));

    public void Settle(long id, string? key = null, OutcomeKind kind = OutcomeKind.Completed)
    {
        if (kind == OutcomeKind.Completed)
        {
            Say(
                new WireMessage.Settled(
                    id,
                    kind,
                    Encode(writer => Payloads.Write(writer, new object?[] { "fake" })),
                    null
                )
            );
        }
        else
        {
            Say(Ended(id, kind));
        }

        if (key is not null && !_wire.Half)
        {
            SaidSettled.Add(key);
        }
    }

    /// <summary>A record: length and bits, the total when given, the bytes.</summary>
    public static byte[] Record(byte[] bytes, uint bits = 0, int? total = null, int? length = null) =>
        [
            .. BitConverter.GetBytes((uint)(length ?? bytes.Length) | bits),
            .. total is { } whole ? BitConverter.GetBytes(whole) : [],
            .. bytes,
        ];

    private void SayHandshake(byte[] hello) => SayRaw([.. BitConverter.GetBytes(hello.Length), .. hello]);

    private static WireMessage.Settled Ended(long id, OutcomeKind kind) => new(id, kind, default, null);

    private static byte[] Encode(Action<ArrayBufferWriter<byte>> write)
    {
        ArrayBufferWriter<byte> writer = new();
        write(writer);
        return writer.WrittenSpan.ToArray();
    }
}
