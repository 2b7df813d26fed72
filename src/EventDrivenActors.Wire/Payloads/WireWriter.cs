using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>
/// Writes the primitives of the wire format: bytes, varints, zigzag numbers, length-prefixed text and bytes.
/// </summary>
internal static class WireWriter
{
    public static void WriteByte(this IBufferWriter<byte> writer, byte value)
    {
        writer.GetSpan(1)[0] = value;
        writer.Advance(1);
    }

    public static void WriteVarUInt(this IBufferWriter<byte> writer, ulong value)
    {
        Span<byte> span = writer.GetSpan(10);
        int length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            span[length++] = (byte)(value | 0x80);
        }

        span[length++] = (byte)value;
        writer.Advance(length);
    }

    /// <summary>Writes a signed number so that small magnitudes of either sign take few bytes.</summary>
    public static void WriteVarInt(this IBufferWriter<byte> writer, long value) =>
        writer.WriteVarUInt((ulong)((value << 1) ^ (value >> 63)));

    public static void WriteFixed64(this IBufferWriter<byte> writer, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(writer.GetSpan(8), value);
        writer.Advance(8);
    }

    public static void WriteBytes(this IBufferWriter<byte> writer, ReadOnlySpan<byte> value)
    {
        writer.WriteVarUInt((ulong)value.Length);
        value.CopyTo(writer.GetSpan(value.Length));
        writer.Advance(value.Length);
    }

    /// <summary>
    /// Writes any sequence of characters: as UTF-8, or as UTF-16 where half of a surrogate pair in it has no form in
    /// UTF-8.
    /// </summary>
    public static void WriteText(this IBufferWriter<byte> writer, string value)
    {
        int length = Encoding.UTF8.GetByteCount(value);
        if (length != value.Length && HasHalfPair(value))
        {
            ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(value.AsSpan());
            writer.WriteVarUInt(((ulong)bytes.Length << 1) | 1);
            bytes.CopyTo(writer.GetSpan(bytes.Length));
            writer.Advance(bytes.Length);
            return;
        }

        writer.WriteVarUInt((ulong)length << 1);
        writer.Advance(Encoding.UTF8.GetBytes(value, writer.GetSpan(length)));
    }

    public static void WriteTexts(this IBufferWriter<byte> writer, IReadOnlyList<string> values)
    {
        writer.WriteVarUInt((ulong)values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            writer.WriteText(values[i]);
        }
    }

    /// <summary>Writes a text that may be null: a presence byte first.</summary>
    public static void WriteOptionalText(this IBufferWriter<byte> writer, string? value)
    {
        writer.WriteByte(value is null ? (byte)0 : (byte)1);
        if (value is not null)
        {
            writer.WriteText(value);
        }
    }

    private static bool HasHalfPair(ReadOnlySpan<char> text)
    {
        for (int at; (at = text.IndexOfAnyInRange('\ud800', '\udfff')) >= 0; text = text[(at + 2)..])
        {
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
            {
                return true;
            }
        }

        return false;
    }
}
