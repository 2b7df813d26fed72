using System.Buffers;

namespace EventDrivenActors.Subprocess.Wire;

/// <summary>A <see cref="ChildConfiguration"/> as bytes.</summary>
internal static class ChildConfigurationCodec
{
    // A slot, a key and the six parts of a method: one byte each at least.
    private const int SmallestHandler = 8;

    // A method with two names, as above.
    private const int SmallestWarmUp = 5;

    public static byte[] Encode(ChildConfiguration configuration)
    {
        var writer = new ArrayBufferWriter<byte>();
        writer.WriteText(configuration.Name);
        writer.WriteVarInt(configuration.Workers);
        writer.WriteVarInt(configuration.EventTimeoutTicks);
        writer.WriteVarInt(configuration.ReadTimeoutTicks);
        writer.WriteVarInt(configuration.MaxPayloadBytes);
        writer.WriteOptionalText(configuration.Setup);
        writer.WriteTexts(configuration.AllowedTypes);
        writer.WriteVarUInt((ulong)configuration.Handlers.Count);
        foreach (var handler in configuration.Handlers)
        {
            writer.WriteVarInt(handler.Slot);
            writer.WriteBytes(handler.Key.Span);
            MethodReferenceCodec.Write(writer, handler.Method);
        }

        writer.WriteBytes(configuration.Context.Span);
        writer.WriteByte((byte)configuration.LogLevel);
        writer.WriteVarInt(configuration.LogLines);
        writer.WriteVarUInt((ulong)configuration.WarmUps.Count);
        foreach (var warmUp in configuration.WarmUps)
        {
            MethodReferenceCodec.Write(writer, warmUp);
        }

        return writer.WrittenSpan.ToArray();
    }

    /// <exception cref="WireFormatException">The bytes are no configuration.</exception>
    public static ChildConfiguration Decode(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var name = reader.ReadText();
        var workers = reader.ReadInt32();
        var timeout = reader.ReadVarInt();
        var readTimeout = reader.ReadVarInt();
        var maxPayload = reader.ReadInt32();
        var setup = reader.ReadOptionalText();
        var types = reader.ReadTexts();
        var handlers = new MappedMethod[reader.ReadCount(SmallestHandler)];
        for (var i = 0; i < handlers.Length; i++)
        {
            handlers[i] = new MappedMethod(reader.ReadInt32(), reader.ReadBytes(), MethodReferenceCodec.Read(ref reader));
        }

        var context = reader.ReadBytes();
        var level = (ChildLogLevel)reader.ReadByte();
        var lines = reader.ReadInt32();
        var warmUps = new MethodReference[reader.ReadCount(SmallestWarmUp)];
        for (var i = 0; i < warmUps.Length; i++)
        {
            warmUps[i] = MethodReferenceCodec.Read(ref reader);
        }

        reader.RequireEnd();
        return new ChildConfiguration(name, workers, timeout, readTimeout, maxPayload, setup, types, handlers, context) { LogLevel = level, LogLines = lines, WarmUps = warmUps };
    }
}
