using System.Buffers;
using Akka.Configuration;
using EventDrivenActors.Subprocess.Configuration;
using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Payloads;

namespace EventDrivenActors.Subprocess.Connecting;

/// <summary>
/// The parent's settings in the start message: numbers, which a child reads at once, and the texts of actor systems,
/// each read when that system is made.
/// </summary>
internal static class SettingsCodec
{
    public static byte[] Encode(SubprocessSettings settings)
    {
        ArrayBufferWriter<byte> writer = new ArrayBufferWriter<byte>();
        writer.WriteText(settings.LinkSystem.ToString(true));
        writer.WriteText(settings.ChildSystem.ToString(true));
        Write(settings.StartTimeout);
        Write(settings.SetupTimeout);
        Write(settings.ReadTimeout);
        Write(settings.HandshakeTimeout);
        Write(settings.DrainTimeout);
        Write(settings.Channel.HeartbeatInterval);
        Write(settings.Channel.UnresponsiveAfter);
        Write(settings.Channel.KillAfter);
        writer.WriteVarInt(settings.Channel.MaximumMessageSize);
        writer.WriteVarInt(settings.Channel.EnvelopeMessages);
        writer.WriteVarInt(settings.Channel.EnvelopeSize);
        writer.WriteVarInt(settings.Channel.UnacknowledgedEnvelopes);
        writer.WriteVarInt(settings.Channel.ChunkSize);
        writer.WriteVarInt(settings.Channel.HighWaterMark);
        Write(settings.JoinAfter);
        writer.WriteVarInt(settings.OutputLines);
        writer.WriteVarInt(settings.OutputLineLength);
        writer.WriteVarInt(settings.LoggedLines);
        Write(settings.ExitDrain);
        writer.WriteVarInt(settings.BootsChildFirst ? 1 : 0);
        return writer.WrittenSpan.ToArray();

        void Write(TimeSpan time) => writer.WriteVarInt(time.Ticks);
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <exception cref="WireFormatException">The bytes are no settings.</exception>
    public static SubprocessSettings Decode(ReadOnlyMemory<byte> bytes)
    {
        WireReader reader = new WireReader(bytes);
        string link = reader.ReadText(),
            child = reader.ReadText();
        SubprocessSettings settings = new SubprocessSettings(
            () => ConfigurationFactory.ParseString(link),
            () => ConfigurationFactory.ParseString(child)
        )
        {
            StartTimeout = Time(ref reader),
            SetupTimeout = Time(ref reader),
            ReadTimeout = Time(ref reader),
            HandshakeTimeout = Time(ref reader),
            DrainTimeout = Time(ref reader),
            Channel = new ChannelSettings
            {
                HeartbeatInterval = Time(ref reader),
                UnresponsiveAfter = Time(ref reader),
                KillAfter = Time(ref reader),
                MaximumMessageSize = reader.ReadInt32(),
                EnvelopeMessages = reader.ReadInt32(),
                EnvelopeSize = reader.ReadInt32(),
                UnacknowledgedEnvelopes = reader.ReadInt32(),
                ChunkSize = reader.ReadInt32(),
                HighWaterMark = reader.ReadInt32(),
            },
            JoinAfter = Time(ref reader),
            OutputLines = reader.ReadInt32(),
            OutputLineLength = reader.ReadInt32(),
            LoggedLines = reader.ReadInt32(),
            ExitDrain = Time(ref reader),
            BootsChildFirst = reader.ReadInt32() != 0,
        };
        reader.RequireEnd();
        return settings;
    }

    private static TimeSpan Time(ref WireReader reader) => TimeSpan.FromTicks(reader.ReadVarInt());
}
