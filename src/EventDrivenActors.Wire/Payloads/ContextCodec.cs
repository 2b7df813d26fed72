using System.Buffers;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>The context of a run as bytes: the entries that may cross, and why the others did not.</summary>
internal sealed class ContextCodec(PayloadCodec codec)
{
    // A text, a flag and bytes or a text: one byte each at least.
    private const int SmallestEntry = 3;

    public byte[] Encode(SessionContext context)
    {
        ArrayBufferWriter<byte> writer = new();
        writer.WriteVarUInt((ulong)context.Count);
        ArrayBufferWriter<byte> bytes = new();
        foreach ((string name, object? value) in context)
        {
            writer.WriteText(name);
            bytes.ResetWrittenCount();
            try
            {
                codec.Write(bytes, value);
                writer.WriteByte(1);
                writer.WriteBytes(bytes.WrittenSpan);
            }
            catch (PayloadException refused)
            {
                writer.WriteByte(0);
                writer.WriteText(
                    $"The context entry '{name}' of the parent's controller did not cross to the child process: "
                        + $"{refused.Message} Or give the child one of its own by its set-up type."
                );
            }
        }

        return writer.WrittenSpan.ToArray();
    }

    /// <exception cref="WireFormatException">The bytes are no context.</exception>
    /// <exception cref="PayloadException">A value in them cannot be read.</exception>
    public SessionContext Decode(ReadOnlyMemory<byte> bytes)
    {
        WireReader reader = new(bytes);
        SessionContext context = SessionContext.Empty;
        for (int left = reader.ReadCount(SmallestEntry); left > 0; left--)
        {
            string name = reader.ReadText();
            context = reader.ReadFlag()
                ? context.With(name, codec.Read(reader.ReadBytes()))
                : context.Without(name, reader.ReadText());
        }

        reader.RequireEnd();
        return context;
    }
}
