using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>
/// Reads the primitives of the wire format. Every length is compared with the bytes that remain before anything is
/// allocated.
/// </summary>
internal ref struct WireReader
{
    private readonly ReadOnlyMemory<byte> _memory;
    private readonly ReadOnlySpan<byte> _span;

    public WireReader(ReadOnlyMemory<byte> memory)
    {
        _memory = memory;
        _span = memory.Span;
    }

    public int Position { get; private set; }

    /// <summary>The state that the reader of objects keeps about these bytes; made for the first object.</summary>
    public object? State { get; set; }

    public readonly int Remaining => _span.Length - Position;

    public byte ReadByte()
    {
        Require(1);
        return _span[Position++];
    }

    /// <summary>Reads the byte that says whether something optional follows.</summary>
    public bool ReadFlag() =>
        ReadByte() switch
        {
            0 => false,
            1 => true,
            var other => throw new WireFormatException(
                $"The presence byte at {Position - 1} is '{other}'; 0 or 1 was expected."
            ),
        };

    public ulong ReadVarUInt()
    {
        ulong result = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = ReadByte();
            if (shift == 63 && next > 1)
            {
                break;
            }

            result |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return result;
            }
        }

        throw new WireFormatException($"The number that ends at {Position} does not fit in 64 bits.");
    }

    public long ReadVarInt()
    {
        ulong raw = ReadVarUInt();
        return (long)(raw >> 1) ^ -(long)(raw & 1);
    }

    public int ReadInt32()
    {
        long value = ReadVarInt();
        return value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw new WireFormatException($"The number '{value}' that ends at {Position} does not fit in 32 bits.");
    }

    public long ReadFixed64() => BinaryPrimitives.ReadInt64LittleEndian(ReadSpan(8));

    /// <summary>
    /// Reads how many elements follow, each of which takes at least <paramref name="elementSize"/> bytes.
    /// </summary>
    public int ReadCount(int elementSize = 1)
    {
        ulong count = ReadVarUInt();
        return count <= (ulong)(Remaining / elementSize)
            ? (int)count
            : throw new WireFormatException(
                $"A length of '{count}' is claimed at {Position}, where {Remaining} bytes remain."
            );
    }

    /// <summary>A slice of the input, not a copy.</summary>
    public ReadOnlyMemory<byte> ReadMemory(int length)
    {
        Require(length);
        Position += length;
        return _memory.Slice(Position - length, length);
    }

    public ReadOnlySpan<byte> ReadSpan(int length)
    {
        Require(length);
        Position += length;
        return _span.Slice(Position - length, length);
    }

    public ReadOnlyMemory<byte> ReadBytes() => ReadMemory(ReadCount());

    public string ReadText()
    {
        ReadOnlySpan<byte> bytes = ReadTextBytes(out bool isUtf8);
        return isUtf8 ? Encoding.UTF8.GetString(bytes)
            : bytes.Length % sizeof(char) == 0 ? new string(MemoryMarshal.Cast<byte, char>(bytes))
            : throw new WireFormatException($"The text that ends at {Position} has half a character.");
    }

    /// <summary>Steps over a text.</summary>
    public void SkipText() => ReadTextBytes(out _);

    public string? ReadOptionalText() => ReadFlag() ? ReadText() : null;

    public string[] ReadTexts()
    {
        string[] texts = new string[ReadCount()];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = ReadText();
        }

        return texts;
    }

    public readonly void RequireEnd()
    {
        if (Remaining != 0)
        {
            throw new WireFormatException(
                $"{Remaining} bytes are left over after the last value, which ends at {Position}."
            );
        }
    }

    private ReadOnlySpan<byte> ReadTextBytes(out bool isUtf8)
    {
        ulong prefix = ReadVarUInt();
        isUtf8 = (prefix & 1) == 0;
        return prefix >> 1 <= (ulong)Remaining
            ? ReadSpan((int)(prefix >> 1))
            : throw new WireFormatException(
                $"A length of '{prefix >> 1}' is claimed at {Position}, where {Remaining} bytes remain."
            );
    }

    private readonly void Require(int length)
    {
        if (length < 0 || length > Remaining)
        {
            throw new WireFormatException($"{length} bytes are needed at {Position}, where {Remaining} remain.");
        }
    }
}
