using System.Buffers;

namespace EventDrivenActors.Subprocess.Wire;

/// <summary>
/// Envelopes as bytes: protocol version, number, count of messages, messages. Stateless; any thread. Decoding throws
/// <see cref="WireFormatException"/> for whatever does not follow the format, and nothing else.
/// </summary>
internal static class EnvelopeCodec
{
    private const int LargestInitialCapacity = 1024;

    /// <summary>Appends an envelope to <paramref name="writer"/>, which the caller reuses.</summary>
    public static void Encode(IBufferWriter<byte> writer, long number, IReadOnlyList<WireMessage> messages)
    {
        writer.WriteByte(WireProtocol.Version);
        writer.WriteVarInt(number);
        writer.WriteVarUInt((ulong)messages.Count);
        for (var i = 0; i < messages.Count; i++)
        {
            MessageCodec.Write(writer, messages[i]);
        }
    }

    /// <summary>Decodes exactly one envelope. Payloads in the result are slices of <paramref name="bytes"/>.</summary>
    public static Envelope Decode(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var version = reader.ReadByte();
        if (version != WireProtocol.Version)
        {
            throw new WireFormatException(
                $"The envelope has protocol version '{version}', this process speaks '{WireProtocol.Version}'; run the same build on both sides.");
        }

        var number = reader.ReadVarInt();
        var count = reader.ReadCount();
        var messages = new List<WireMessage>(Math.Min(count, LargestInitialCapacity));
        for (var i = 0; i < count; i++)
        {
            messages.Add(MessageCodec.Read(ref reader));
        }

        reader.RequireEnd();
        return new Envelope(number, messages);
    }
}
