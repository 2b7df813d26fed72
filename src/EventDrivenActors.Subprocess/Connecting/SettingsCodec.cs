using System.Buffers;
using Akka.Configuration;
using EventDrivenActors.Subprocess.Configuration;
using EventDrivenActors.Wire.Payloads;

namespace EventDrivenActors.Subprocess.Connecting;

/// <summary>
/// The parent's settings in the start message: all numbers that the parent has taken, which a child reads at once, and
/// the texts of actor systems, each read when that system is made.
/// </summary>
internal static class SettingsCodec
{
    private const int SmallestNumber = 2;

    public static byte[] Encode(SubprocessSettings settings)
    {
        ArrayBufferWriter<byte> writer = new ArrayBufferWriter<byte>();
        writer.WriteText(settings.LinkSystem.ToString(true));
        writer.WriteText(settings.ChildSystem.ToString(true));
        writer.WriteVarInt(settings.BootsChildFirst ? 1 : 0);
        writer.WriteVarUInt((ulong)settings.Numbers.Count);
        foreach ((string key, long number) in settings.Numbers)
        {
            writer.WriteText(key);
            writer.WriteVarInt(number);
        }

        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <exception cref="WireFormatException">The bytes are no settings.</exception>
    public static SubprocessSettings Decode(ReadOnlyMemory<byte> bytes)
    {
        WireReader reader = new WireReader(bytes);
        string link = reader.ReadText(),
            child = reader.ReadText();
        bool bootsChildFirst = reader.ReadInt32() != 0;
        Dictionary<string, long> numbers = [];
        for (int left = reader.ReadCount(SmallestNumber); left > 0; left--)
        {
            numbers[reader.ReadText()] = reader.ReadVarInt();
        }

        reader.RequireEnd();
        return new SubprocessSettings(
            new SentNumbers(numbers),
            bootsChildFirst,
            () => ConfigurationFactory.ParseString(link),
            () => ConfigurationFactory.ParseString(child)
        );
    }
}
