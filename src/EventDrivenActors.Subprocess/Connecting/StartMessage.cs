using System.Buffers;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Wire.Payloads;

namespace EventDrivenActors.Subprocess.Connecting;

/// <summary>Everything a child is told over stdin, secrets included.</summary>
/// <param name="ProtocolVersion">The version that the parent speaks.</param>
/// <param name="Incarnation">Names this one child.</param>
/// <param name="SocketPath">Where the parent listens.</param>
/// <param name="Nonce">The secret that both ends prove that they know.</param>
/// <param name="ParentSystem">The name of the parent's link system.</param>
/// <param name="Settings">The parent's settings, as <see cref="SettingsCodec"/> writes them.</param>
/// <param name="Assemblies">The assemblies of which the child must have the same build.</param>
/// <param name="Program">The assembly-qualified name of the program to run; empty for the worker.</param>
/// <param name="Configuration">The program's own, opaque here.</param>
/// <param name="StartPage">Where the child marks the calls that it starts; empty for nowhere.</param>
/// <param name="Slots">How many calls may be in flight.</param>
internal sealed record StartMessage(
    int ProtocolVersion,
    Guid Incarnation,
    string SocketPath,
    byte[] Nonce,
    string ParentSystem,
    ReadOnlyMemory<byte> Settings,
    IReadOnlyList<string> Assemblies,
    string Program,
    ReadOnlyMemory<byte> Configuration,
    string StartPage = "",
    int Slots = 0
)
{
    /// <summary>A <see cref="ParentPlace"/>; empty where the child keeps the place that it has.</summary>
    public ReadOnlyMemory<byte> Place { get; init; }

    public const int MaximumLength = 64 * 1024 * 1024;

    public byte[] Encode()
    {
        ArrayBufferWriter<byte> writer = new ArrayBufferWriter<byte>();
        writer.WriteVarInt(ProtocolVersion);
        writer.Write(Incarnation.ToByteArray());
        writer.WriteText(SocketPath);
        writer.WriteBytes(Nonce);
        writer.WriteText(ParentSystem);
        writer.WriteBytes(Settings.Span);
        writer.WriteTexts(Assemblies);
        writer.WriteText(Program);
        writer.WriteBytes(Configuration.Span);
        writer.WriteText(StartPage);
        writer.WriteVarInt(Slots);
        writer.WriteBytes(Place.Span);
        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <exception cref="WireFormatException">The bytes are no start message.</exception>
    public static StartMessage Decode(byte[] bytes)
    {
        WireReader reader = new WireReader(bytes);
        StartMessage start = new StartMessage(
            reader.ReadInt32(),
            new Guid(reader.ReadSpan(16)),
            reader.ReadText(),
            reader.ReadBytes().ToArray(),
            reader.ReadText(),
            reader.ReadBytes(),
            reader.ReadTexts(),
            reader.ReadText(),
            reader.ReadBytes(),
            reader.ReadText(),
            reader.ReadInt32()
        )
        {
            Place = reader.ReadBytes(),
        };
        reader.RequireEnd();
        return start;
    }
}
