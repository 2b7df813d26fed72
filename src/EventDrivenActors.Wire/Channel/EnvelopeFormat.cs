using System.Buffers.Binary;

namespace EventDrivenActors.Wire.Channel;

/// <summary>
/// The layout of an envelope: number (8 bytes), last number received (8), flags (1), then records. A record is a header
/// of 4 bytes (length, and the two bits below), the total length of the message (4 bytes) in the first of several
/// chunks, and the bytes.
/// </summary>
internal static class EnvelopeFormat
{
    public const int HeaderSize = 17;
    public const int MaximumRecordHeader = 8;

    /// <summary>In a record's header: chunks of the same message follow.</summary>
    public const uint MoreFollows = 1u << 30;

    /// <summary>In a record's header: of the control lane.</summary>
    public const uint Control = 1u << 31;

    public const uint LengthMask = MoreFollows - 1;

    public static LinkEnvelope Build(long number, long received, EnvelopeFlags flags, ReadOnlySpan<byte> records)
    {
        byte[] bytes = new byte[HeaderSize + records.Length];
        WriteHeader(bytes, number, received, flags);
        records.CopyTo(bytes.AsSpan(HeaderSize));
        return new LinkEnvelope(number, bytes);
    }

    public static void WriteHeader(Span<byte> bytes, long number, long received, EnvelopeFlags flags)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], received);
        bytes[16] = (byte)flags;
    }

    /// <summary>Reads the number. Bytes that are too few are for the channel to refuse.</summary>
    public static LinkEnvelope Read(ReadOnlyMemory<byte> bytes) =>
        new(bytes.Length >= HeaderSize ? BinaryPrimitives.ReadInt64LittleEndian(bytes.Span) : 0, bytes);

    public static long Received(LinkEnvelope envelope) =>
        BinaryPrimitives.ReadInt64LittleEndian(envelope.Bytes.Span[8..]);

    public static EnvelopeFlags Flags(LinkEnvelope envelope) => (EnvelopeFlags)envelope.Bytes.Span[16];
}
