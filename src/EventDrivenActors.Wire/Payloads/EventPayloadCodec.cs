using System.Buffers;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>
/// An <see cref="EventPayload"/> as bytes; the size limit is that of the codec and counts for the whole. Any thread.
/// </summary>
internal sealed class EventPayloadCodec(PayloadCodec codec)
{
    // An entry is a text and a value, one byte each at least.
    private const int SmallestEntry = 2;

    /// <summary>Appends the event to <paramref name="writer"/>; nothing is written when it throws.</summary>
    /// <exception cref="PayloadException">A part of the event cannot cross; the sentence says which.</exception>
    public void Write(IBufferWriter<byte> writer, EventPayload payload) => writer.Write(Encode(payload));

    /// <summary>The event as bytes.</summary>
    /// <exception cref="PayloadException">A part of the event cannot cross; the sentence says which.</exception>
    public byte[] Encode(EventPayload payload)
    {
        if (payload.Key is { } given && !IsKey(given))
        {
            throw new PayloadException(
                $"The event key '{given}' is a {given.GetType()}; a key that crosses to another process must be a "
                    + "string, a number, an enumeration, a Guid or another plain value."
            );
        }

        return codec.Encode(
            payload,
            static (values, buffer, payload) =>
            {
                Part(values, buffer, payload.Key, "key");
                Part(values, buffer, payload.Value, "value");
                buffer.WriteVarUInt((ulong)payload.Args.Count);
                for (int i = 0; i < payload.Args.Count; i++)
                {
                    Part(values, buffer, payload.Args[i], "argument", index: i);
                }

                buffer.WriteVarUInt((ulong)payload.Context.Count);
                foreach ((string? key, object? value) in payload.Context)
                {
                    buffer.WriteText(key);
                    Part(values, buffer, value, "context entry", key);
                }
            }
        );
    }

    /// <exception cref="PayloadException">The bytes are not those of one event.</exception>
    public EventPayload Read(ReadOnlyMemory<byte> bytes) =>
        codec.Read(
            bytes,
            static (ValueCodec values, ref WireReader reader) =>
            {
                object? key = values.Read(ref reader);
                if (key is not null && !IsKey(key))
                {
                    throw new WireFormatException($"An event key of type '{key.GetType()}' is not allowed.");
                }

                object? value = values.Read(ref reader);
                object?[] args = reader.ReadCount() is > 0 and var count ? new object?[count] : [];
                for (int i = 0; i < args.Length; i++)
                {
                    args[i] = values.Read(ref reader);
                }

                KeyValuePair<string, object?>[] context = reader.ReadCount(SmallestEntry) is > 0 and var entries
                    ? new KeyValuePair<string, object?>[entries]
                    : [];
                for (int i = 0; i < context.Length; i++)
                {
                    context[i] = new(reader.ReadText(), values.Read(ref reader));
                }

                return new EventPayload(key, value, args, context);
            }
        );

    /// <summary>Whether reading an event may run code of an allowed type.</summary>
    public static bool MayRunCode(ReadOnlyMemory<byte> bytes) =>
        PayloadGlance.HasObject(
            bytes,
            static (ref WireReader reader) =>
            {
                bool plain = PayloadGlance.IsPlain(ref reader) && PayloadGlance.IsPlain(ref reader);
                for (int left = plain ? reader.ReadCount() : 0; left > 0 && plain; left--)
                {
                    plain = PayloadGlance.IsPlain(ref reader);
                }

                for (int left = plain ? reader.ReadCount(SmallestEntry) : 0; left > 0 && plain; left--)
                {
                    reader.SkipText();
                    plain = PayloadGlance.IsPlain(ref reader);
                }

                return plain;
            }
        );

    private static bool IsKey(object key) => key is Enum or TimeSpan || PrimitiveTypes.Contains(key.GetType());

    private static void Part(
        ValueCodec values,
        PayloadBuffer buffer,
        object? value,
        string role,
        string? which = null,
        int index = -1
    )
    {
        try
        {
            values.Write(buffer, value);
        }
        catch (PayloadException refused)
        {
            throw new PayloadException(
                $"The event's {role}{(index >= 0 ? $" '{index}'" : which is null ? "" : $" '{which}'")} cannot be "
                    + $"sent: {refused.Message}",
                refused
            );
        }
    }
}
