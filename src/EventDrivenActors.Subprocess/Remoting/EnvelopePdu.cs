using System.Text;

namespace EventDrivenActors.Subprocess.Remoting;

/// <summary>
/// What Akka.Remote's writer would put around an envelope for one recipient; <see cref="PduGuard"/> is its reader.
/// Pure.
/// </summary>
internal sealed class EnvelopePdu
{
    private const byte Bytes1 = (1 << 3) | 2;
    private const byte Bytes2 = (2 << 3) | 2;
    private const byte Number2 = 2 << 3;
    private const byte Fixed5 = (5 << 3) | 1;
    private const int MaximumNumber = 5;

    private readonly byte[] _recipient;
    private readonly byte[] _serializer;
    private readonly byte[] _tail;

    /// <summary>For the actor of this whole path.</summary>
    public EnvelopePdu(string recipient)
    {
        // ActorRefData: path = 1.
        byte[] path = Field(Bytes1, Encoding.UTF8.GetBytes(recipient));
        _recipient = Field(Bytes1, path);
        _serializer = [Number2, .. Varint(EnvelopeSerializer.Id)];

        // A sequence that is not that of a system message.
        _tail = [.. _serializer, Fixed5, .. Enumerable.Repeat(byte.MaxValue, sizeof(ulong))];
        MaximumHead = (4 * (1 + MaximumNumber)) + _recipient.Length;
    }

    /// <summary>The most bytes of a head.</summary>
    public int MaximumHead { get; }

    /// <summary>What follows the envelope.</summary>
    public ReadOnlySpan<byte> Tail => _tail;

    /// <summary>Writes what goes before an envelope, so that it ends where <paramref name="target"/> does.</summary>
    /// <returns>How many bytes it takes.</returns>
    public int WriteHead(Span<byte> target, int envelope)
    {
        // AkkaProtocolMessage: payload = 1; AckAndEnvelopeContainer: envelope = 2; RemoteEnvelope: recipient = 1,
        // message = 2; Payload: message = 1.
        int at = target.Length;
        int size = envelope;
        Begin(target, Bytes1);
        size += _serializer.Length;
        Begin(target, Bytes2);
        at -= _recipient.Length;
        _recipient.CopyTo(target[at..]);
        size += _recipient.Length + _tail.Length - _serializer.Length;
        Begin(target, Bytes2);
        Begin(target, Bytes1);
        return target.Length - at;

        void Begin(Span<byte> target, byte tag)
        {
            int length = LengthOf(size);
            at -= length + 1;
            target[at] = tag;
            WriteVarint(target[(at + 1)..], size);
            size += length + 1;
        }
    }

    private static int LengthOf(int value) => (32 - int.LeadingZeroCount(value | 1) + 6) / 7;

    private static void WriteVarint(Span<byte> target, int value)
    {
        int at = 0;
        for (; value >= 0x80; value >>= 7)
        {
            target[at++] = (byte)(value | 0x80);
        }

        target[at] = (byte)value;
    }

    private static byte[] Varint(int value)
    {
        byte[] bytes = new byte[LengthOf(value)];
        WriteVarint(bytes, value);
        return bytes;
    }

    private static byte[] Field(byte tag, byte[] value) => [tag, .. Varint(value.Length), .. value];
}
