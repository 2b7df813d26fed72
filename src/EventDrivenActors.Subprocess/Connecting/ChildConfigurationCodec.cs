using System.Buffers;
using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Connecting;

/// <summary>A <see cref="ChildConfiguration"/> as bytes.</summary>
internal static class ChildConfigurationCodec
{
    // A slot, a key and the six parts of a method: one byte each at least.
    private const int SmallestHandler = 8;

    // A method with two names, as above.
    private const int SmallestWarmUp = 5;

    public static byte[] Encode(ChildConfiguration configuration)
    {
        ArrayBufferWriter<byte> writer = new ArrayBufferWriter<byte>();
        writer.WriteText(configuration.Name);
        writer.WriteVarInt(configuration.Workers);
        writer.WriteVarInt(configuration.EventTimeoutTicks);
        writer.WriteVarInt(configuration.ReadTimeoutTicks);
        writer.WriteVarInt(configuration.MaxPayloadBytes);
        writer.WriteOptionalText(configuration.Setup);
        writer.WriteTexts(configuration.AllowedTypes);
        writer.WriteVarUInt((ulong)configuration.Handlers.Count);
        foreach (MappedMethod handler in configuration.Handlers)
        {
            writer.WriteVarInt(handler.Slot);
            writer.WriteBytes(handler.Key.Span);
            MethodReferenceCodec.Write(writer, handler.Method);
        }

        writer.WriteBytes(configuration.Context.Span);
        writer.WriteByte((byte)configuration.LogLevel);
        writer.WriteVarInt(configuration.LogLines);
        writer.WriteVarUInt((ulong)configuration.WarmUps.Count);
        foreach (MethodReference warmUp in configuration.WarmUps)
        {
            MethodReferenceCodec.Write(writer, warmUp);
        }

        return writer.WrittenSpan.ToArray();
    }

    /// <exception cref="WireFormatException">The bytes are no configuration.</exception>
    public static ChildConfiguration Decode(ReadOnlyMemory<byte> bytes)
    {
        WireReader reader = new WireReader(bytes);
        string name = reader.ReadText();
        int workers = reader.ReadInt32();
        long timeout = reader.ReadVarInt();
        long readTimeout = reader.ReadVarInt();
        int maxPayload = reader.ReadInt32();
        string? setup = reader.ReadOptionalText();
        string[] types = reader.ReadTexts();
        MappedMethod[] handlers = new MappedMethod[reader.ReadCount(SmallestHandler)];
        for (int i = 0; i < handlers.Length; i++)
        {
            handlers[i] = new MappedMethod(
                reader.ReadInt32(),
                reader.ReadBytes(),
                MethodReferenceCodec.Read(ref reader)
            );
        }

        ReadOnlyMemory<byte> context = reader.ReadBytes();
        ChildLogLevel level = (ChildLogLevel)reader.ReadByte();
        int lines = reader.ReadInt32();
        MethodReference[] warmUps = new MethodReference[reader.ReadCount(SmallestWarmUp)];
        for (int i = 0; i < warmUps.Length; i++)
        {
            warmUps[i] = MethodReferenceCodec.Read(ref reader);
        }

        reader.RequireEnd();
        return new ChildConfiguration(name, workers, timeout, readTimeout, maxPayload, setup, types, handlers, context)
        {
            LogLevel = level,
            LogLines = lines,
            WarmUps = warmUps,
        };
    }
}
