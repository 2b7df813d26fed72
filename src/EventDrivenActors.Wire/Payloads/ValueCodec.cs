using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>One value as a tag and its bytes.</summary>
internal sealed partial class ValueCodec(TypeFilter filter)
{
    /// <summary>How deep <c>object?[]</c> may be nested in one another.</summary>
    public const int MaxArrayDepth = 64;

    private readonly GraphTypes _types = new(filter);

    public void Write(PayloadBuffer buffer, object? value)
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
            case object?[] array when array.GetType() == typeof(object[]) && Array.TrueForAll(array, IsSimple):
                WriteAll(buffer, array);
                break;
            case string?[] texts when texts.GetType() == typeof(string[]):
                Tag(buffer, PayloadTag.StringArray);
                buffer.WriteVarUInt((ulong)texts.Length);
                Array.ForEach(texts, buffer.WriteOptionalText);
                break;
            default:
                if (WriteNumber(buffer, value))
                {
                    break;
                }

                if (PrimitiveArrays.NumberOf(value.GetType()) is { } form)
                {
                    Tag(buffer, PayloadTag.PrimitiveArray);
                    PrimitiveArrays.Write(buffer, form, value);
                }
                else
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
                // Ticks and kind alone would not say which of the two equal hours of an autumn night a local time is
                // in.
                return Fixed(buffer, PayloadTag.DateTime, Unsafe.BitCast<DateTime, long>(time));
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
                foreach (int part in decimal.GetBits(number))
                {
                    BinaryPrimitives.WriteInt32LittleEndian(buffer.GetSpan(4), part);
                    buffer.Advance(4);
                }

                return true;
            default:
                return false;
        }
    }

    /// <summary>Writes values as an <c>object?[]</c> of them.</summary>
    public void WriteAll(PayloadBuffer buffer, IReadOnlyList<object?> values)
    {
        Tag(buffer, PayloadTag.ObjectArray);
        buffer.WriteVarUInt((ulong)values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            Write(buffer, values[i]);
        }
    }

    // Other objects may be in two elements at once, or hold the array.
    private static bool IsSimple(object? value) => value is null || PrimitiveTypes.Contains(value.GetType());

    private void WriteEnum(PayloadBuffer buffer, Enum value)
    {
        Type type = value.GetType();
        if (!filter.IsAllowed(type))
        {
            throw new PayloadException($"value {Remedies.NotAllowed(type, filter)}");
        }

        Tag(buffer, PayloadTag.Enum);
        buffer.WriteText(WireTypeName.Of(type));
        buffer.WriteFixed64(
            Enum.GetUnderlyingType(type) == typeof(ulong)
                ? unchecked((long)Convert.ToUInt64(value, CultureInfo.InvariantCulture))
                : Convert.ToInt64(value, CultureInfo.InvariantCulture)
        );
    }

    private void WriteGraph(PayloadBuffer buffer, object value)
    {
        Tag(buffer, PayloadTag.Graph);
        GraphWriter writer = (GraphWriter)(buffer.State ??= new GraphWriter(buffer, _types));
        writer.Write(value, typeof(object));
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
