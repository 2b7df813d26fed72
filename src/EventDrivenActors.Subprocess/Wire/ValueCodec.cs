using System.Buffers.Binary;
using System.Globalization;

namespace EventDrivenActors.Subprocess.Wire;

/// <summary>One value as a tag and its bytes.</summary>
internal sealed class ValueCodec(TypeFilter filter, int maxBytes)
{
    /// <summary>How deep <c>object?[]</c> may be nested in one another.</summary>
    public const int MaxArrayDepth = 64;

    private readonly GraphCodec _graphs = new(filter, maxBytes);

    public void Write(PayloadBuffer buffer, object? value) => Write(buffer, value, depth: 1);

    public object? Read(ref WireReader reader) => Read(ref reader, depth: 1);

    private void Write(PayloadBuffer buffer, object? value, int depth)
    {
        switch (value)
        {
            case null:
                Tag(buffer, PayloadTag.Null);
                break;
            case bool flag:
                Tag(buffer, flag ? PayloadTag.True : PayloadTag.False);
                break;
            case string text:
                Tag(buffer, PayloadTag.String);
                buffer.WriteText(text);
                break;
            case Enum number:
                WriteEnum(buffer, number);
                break;
            case object?[] array when array.GetType() == typeof(object[]):
                WriteArray(buffer, array, depth);
                break;
            case string?[] texts when texts.GetType() == typeof(string[]):
                Tag(buffer, PayloadTag.StringArray);
                buffer.WriteVarUInt((ulong)texts.Length);
                Array.ForEach(texts, buffer.WriteOptionalText);
                break;
            default:
                if (PrimitiveArrays.NumberOf(value.GetType()) is { } form)
                {
                    Tag(buffer, PayloadTag.PrimitiveArray);
                    PrimitiveArrays.Write(buffer, form, value);
                }
                else if (!WriteNumber(buffer, value))
                {
                    WriteGraph(buffer, value);
                }

                break;
        }
    }

    private static bool WriteNumber(PayloadBuffer buffer, object value)
    {
        switch (value)
        {
            case byte n:
                return Signed(buffer, PayloadTag.Byte, n);
            case sbyte n:
                return Signed(buffer, PayloadTag.SByte, n);
            case short n:
                return Signed(buffer, PayloadTag.Int16, n);
            case ushort n:
                return Signed(buffer, PayloadTag.UInt16, n);
            case int n:
                return Signed(buffer, PayloadTag.Int32, n);
            case uint n:
                return Signed(buffer, PayloadTag.UInt32, n);
            case long n:
                return Signed(buffer, PayloadTag.Int64, n);
            case char n:
                return Signed(buffer, PayloadTag.Char, n);
            case ulong n:
                Tag(buffer, PayloadTag.UInt64);
                buffer.WriteVarUInt(n);
                return true;
            case float n:
                return Fixed(buffer, PayloadTag.Single, BitConverter.SingleToInt32Bits(n));
            case double n:
                return Fixed(buffer, PayloadTag.Double, BitConverter.DoubleToInt64Bits(n));
            case TimeSpan time:
                return Fixed(buffer, PayloadTag.TimeSpan, time.Ticks);
            case DateTime time:
                Fixed(buffer, PayloadTag.DateTime, time.Ticks);
                buffer.WriteByte((byte)time.Kind);
                return true;
            case DateTimeOffset time:
                Fixed(buffer, PayloadTag.DateTimeOffset, time.Ticks);
                buffer.WriteFixed64(time.Offset.Ticks);
                return true;
            case Guid guid:
                Tag(buffer, PayloadTag.Guid);
                guid.TryWriteBytes(buffer.GetSpan(16));
                buffer.Advance(16);
                return true;
            case decimal number:
                Tag(buffer, PayloadTag.Decimal);
                foreach (var part in decimal.GetBits(number))
                {
                    BinaryPrimitives.WriteInt32LittleEndian(buffer.GetSpan(4), part);
                    buffer.Advance(4);
                }

                return true;
            default:
                return false;
        }
    }

    private void WriteArray(PayloadBuffer buffer, object?[] array, int depth)
    {
        if (depth > MaxArrayDepth)
        {
            throw new PayloadException($"The value nests object arrays more than {MaxArrayDepth} deep, or one contains itself; send a flat collection.");
        }

        Tag(buffer, PayloadTag.ObjectArray);
        buffer.WriteVarUInt((ulong)array.Length);
        foreach (var item in array)
        {
            Write(buffer, item, depth + 1);
        }
    }

    private void WriteEnum(PayloadBuffer buffer, Enum value)
    {
        var type = value.GetType();
        if (!filter.IsAllowed(type))
        {
            throw new PayloadException($"value is a {type}, which is not allowed to cross to another process; allow the type with AllowType<{type.Name}>().");
        }

        Tag(buffer, PayloadTag.Enum);
        buffer.WriteText(WireTypeName.Of(type));
        buffer.WriteFixed64(Enum.GetUnderlyingType(type) == typeof(ulong)
            ? unchecked((long)Convert.ToUInt64(value, CultureInfo.InvariantCulture))
            : Convert.ToInt64(value, CultureInfo.InvariantCulture));
    }

    private void WriteGraph(PayloadBuffer buffer, object value)
    {
        Tag(buffer, PayloadTag.Graph);
        var start = buffer.ReserveLength();
        _graphs.Write(buffer, value);
        buffer.PatchLength(start);
    }

    private object? Read(ref WireReader reader, int depth)
    {
        var tag = (PayloadTag)reader.ReadByte();
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
            PayloadTag.DateTime => new DateTime(reader.ReadFixed64(), (DateTimeKind)reader.ReadByte()),
            PayloadTag.DateTimeOffset => new DateTimeOffset(reader.ReadFixed64(), new TimeSpan(reader.ReadFixed64())),
            PayloadTag.TimeSpan => new TimeSpan(reader.ReadFixed64()),
            PayloadTag.Guid => new Guid(reader.ReadSpan(16)),
            PayloadTag.Enum => ReadEnum(ref reader),
            PayloadTag.PrimitiveArray => PrimitiveArrays.Read(ref reader),
            PayloadTag.StringArray => ReadStrings(ref reader),
            PayloadTag.ObjectArray => ReadArray(ref reader, depth),
            PayloadTag.Graph => _graphs.Read(reader.ReadMemory((int)BinaryPrimitives.ReadUInt32LittleEndian(reader.ReadSpan(4)))),
            _ => throw new WireFormatException($"The value tag '{(byte)tag}' is not known to protocol version {WireProtocol.Version}."),
        };
    }

    private static decimal ReadDecimal(ref WireReader reader)
    {
        Span<int> parts = stackalloc int[4];
        foreach (ref var part in parts)
        {
            part = BinaryPrimitives.ReadInt32LittleEndian(reader.ReadSpan(4));
        }

        return new decimal(parts);
    }

    private object ReadEnum(ref WireReader reader)
    {
        var name = reader.ReadText();
        return filter.Resolve(name) is { IsEnum: true } type
            ? Enum.ToObject(type, reader.ReadFixed64())
            : throw new WireFormatException($"'{name}' is not an enumeration that is allowed to cross; allow it with AllowType on both ends.");
    }

    private static string?[] ReadStrings(ref WireReader reader)
    {
        var texts = new string?[reader.ReadCount()];
        for (var i = 0; i < texts.Length; i++)
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

        var array = new object?[reader.ReadCount()];
        for (var i = 0; i < array.Length; i++)
        {
            array[i] = Read(ref reader, depth + 1);
        }

        return array;
    }

    private static bool Signed(PayloadBuffer buffer, PayloadTag tag, long value)
    {
        Tag(buffer, tag);
        buffer.WriteVarInt(value);
        return true;
    }

    private static bool Fixed(PayloadBuffer buffer, PayloadTag tag, long value)
    {
        Tag(buffer, tag);
        buffer.WriteFixed64(value);
        return true;
    }

    private static void Tag(PayloadBuffer buffer, PayloadTag tag) => buffer.WriteByte((byte)tag);
}
