namespace EventDrivenActors.Wire.Payloads;

/// <summary>
/// Walks over a payload without reading it, to see whether it holds an object: reading one may run user code.
/// </summary>
internal static class PayloadGlance
{
    /// <summary>Steps over a part of a payload.</summary>
    /// <returns>Whether there was no object in it; else the reader stands anywhere.</returns>
    public delegate bool Walk(ref WireReader reader);

    /// <summary>
    /// Whether there is an object; bytes that are no payload count as one, and are refused when they are read.
    /// </summary>
    public static bool HasObject(ReadOnlyMemory<byte> bytes, Walk walk)
    {
        if (!bytes.Span.Contains((byte)PayloadTag.Graph))
        {
            return false;
        }

        try
        {
            WireReader reader = new WireReader(bytes);
            return !walk(ref reader);
        }
        catch (WireFormatException)
        {
            return true;
        }
    }

    /// <summary>Steps over one value.</summary>
    public static bool IsPlain(ref WireReader reader, int depth = 1)
    {
        switch ((PayloadTag)reader.ReadByte())
        {
            case PayloadTag.Null or PayloadTag.False or PayloadTag.True:
                return true;
            case PayloadTag.Byte
            or PayloadTag.SByte
            or PayloadTag.Int16
            or PayloadTag.UInt16
            or PayloadTag.Int32
            or PayloadTag.UInt32
            or PayloadTag.Int64
            or PayloadTag.UInt64
            or PayloadTag.Char:
                reader.ReadVarUInt();
                return true;
            case PayloadTag.Single or PayloadTag.Double or PayloadTag.TimeSpan or PayloadTag.DateTime:
                reader.ReadSpan(8);
                return true;
            case PayloadTag.Decimal or PayloadTag.DateTimeOffset or PayloadTag.Guid:
                reader.ReadSpan(16);
                return true;
            case PayloadTag.String:
                reader.SkipText();
                return true;
            case PayloadTag.Enum:
                reader.SkipText();
                reader.ReadSpan(8);
                return true;
            case PayloadTag.PrimitiveArray:
                reader.ReadByte();
                reader.ReadBytes();
                return true;
            case PayloadTag.StringArray:
                for (int left = reader.ReadCount(); left > 0; left--)
                {
                    if (reader.ReadFlag())
                    {
                        reader.SkipText();
                    }
                }

                return true;
            case PayloadTag.ObjectArray when depth <= ValueCodec.MaxArrayDepth:
                for (int left = reader.ReadCount(); left > 0; left--)
                {
                    if (!IsPlain(ref reader, depth + 1))
                    {
                        return false;
                    }
                }

                return true;
            default:
                return false;
        }
    }
}
