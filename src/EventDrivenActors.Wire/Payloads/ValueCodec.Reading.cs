using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace EventDrivenActors.Wire.Payloads;

/// <content>Reading.</content>
internal sealed partial class ValueCodec
{
    public object? Read(ref WireReader reader) => Read(ref reader, depth: 1);

    private object? Read(ref WireReader reader, int depth)
    {
        PayloadTag tag = (PayloadTag)reader.ReadByte();
        return tag switch
        {
            PayloadTag.Null => null,
            PayloadTag.False => false,
            PayloadTag.True => true,
            PayloadTag.Byte => checked((byte)reader.ReadVarInt()),
            PayloadTag.SByte => checked((sbyte)reader.ReadVarInt()),
            PayloadTag.Int16 => checked((short)reader.ReadVarInt()),
            PayloadTag.UInt16 => checked((ushort)reader.ReadVarInt()),
            PayloadTag.Int32 => reader.ReadInt32(),
            PayloadTag.UInt32 => checked((uint)reader.ReadVarInt()),
            PayloadTag.Int64 => reader.ReadVarInt(),
            PayloadTag.UInt64 => reader.ReadVarUInt(),
            PayloadTag.Char => checked((char)reader.ReadVarInt()),
            PayloadTag.Single => BitConverter.Int32BitsToSingle(checked((int)reader.ReadFixed64())),
            PayloadTag.Double => BitConverter.Int64BitsToDouble(reader.ReadFixed64()),
            PayloadTag.Decimal => ReadDecimal(ref reader),
            PayloadTag.String => reader.ReadText(),
            PayloadTag.DateTime => ReadDateTime(ref reader),
            PayloadTag.DateTimeOffset => new DateTimeOffset(reader.ReadFixed64(), new TimeSpan(reader.ReadFixed64())),
            PayloadTag.TimeSpan => new TimeSpan(reader.ReadFixed64()),
            PayloadTag.Guid => new Guid(reader.ReadSpan(16)),
            PayloadTag.Enum => ReadEnum(ref reader),
            PayloadTag.PrimitiveArray => PrimitiveArrays.Read(ref reader),
            PayloadTag.StringArray => ReadStrings(ref reader),
            PayloadTag.ObjectArray => ReadArray(ref reader, depth),
            PayloadTag.Graph => ((GraphReader)(reader.State ??= new GraphReader(_types))).ReadRoot(ref reader),
            _ => throw new WireFormatException(
                $"The value tag '{(byte)tag}' is not known; parent and child must run the same build."
            ),
        };
    }

    private static DateTime ReadDateTime(ref WireReader reader)
    {
        const long ticks = 0x3fff_ffff_ffff_ffff;
        long bits = reader.ReadFixed64();
        return (bits & ticks) <= DateTime.MaxValue.Ticks
            ? Unsafe.BitCast<long, DateTime>(bits)
            : throw new WireFormatException($"'{bits & ticks}' are no ticks of a date.");
    }

    private static decimal ReadDecimal(ref WireReader reader)
    {
        Span<int> parts = stackalloc int[4];
        foreach (ref int part in parts)
        {
            part = BinaryPrimitives.ReadInt32LittleEndian(reader.ReadSpan(4));
        }

        return new decimal(parts);
    }

    private object ReadEnum(ref WireReader reader)
    {
        string name = reader.ReadText();
        return filter.Resolve(name) is { IsEnum: true } type
            ? Enum.ToObject(type, reader.ReadFixed64())
            : throw new WireFormatException(
                $"'{name}' is not an enumeration that is allowed to cross; allow it with AllowType on both ends."
            );
    }

    private static string?[] ReadStrings(ref WireReader reader)
    {
        string?[] texts = new string?[reader.ReadCount()];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = reader.ReadOptionalText();
        }

        return texts;
    }

    private object?[] ReadArray(ref WireReader reader, int depth)
    {
        if (depth > MaxArrayDepth)
        {
            throw new WireFormatException($"Object arrays are nested more than {MaxArrayDepth} deep.");
        }

        object?[] array = new object?[reader.ReadCount()];
        for (int i = 0; i < array.Length; i++)
        {
            array[i] = Read(ref reader, depth + 1);
        }

        return array;
    }
}
