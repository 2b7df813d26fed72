namespace EventDrivenActors.Subprocess.Link;

/// <summary>Everything a child is told over stdin, secrets included.</summary>
/// <param name="ProtocolVersion">The version that the parent speaks.</param>
/// <param name="Incarnation">Names this one child.</param>
/// <param name="SocketPath">Where the parent listens.</param>
/// <param name="Nonce">The secret that both ends prove to know.</param>
/// <param name="ParentSystem">The name of the parent's link system.</param>
/// <param name="Settings">The parent's settings as HOCON.</param>
/// <param name="Assemblies">The assemblies of which the child must have the same build.</param>
/// <param name="Program">The assembly-qualified name of the program to run; empty for the worker.</param>
/// <param name="Configuration">The program's own, opaque here.</param>
internal sealed record StartMessage(
    int ProtocolVersion, Guid Incarnation, string SocketPath, byte[] Nonce, string ParentSystem, string Settings,
    IReadOnlyList<string> Assemblies, string Program, ReadOnlyMemory<byte> Configuration)
{
    public const int MaximumLength = 64 * 1024 * 1024;

    public byte[] Encode()
    {
        var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(ProtocolVersion);
        writer.Write(Incarnation.ToByteArray());
        writer.Write(SocketPath);
        writer.Write(Nonce.Length);
        writer.Write(Nonce);
        writer.Write(ParentSystem);
        writer.Write(Settings);
        writer.Write(Assemblies.Count);
        foreach (var assembly in Assemblies)
            writer.Write(assembly);
        writer.Write(Program);
        writer.Write(Configuration.Length);
        writer.Write(Configuration.Span);
        return stream.ToArray();
    }

    /// <summary>Reads what <see cref="Encode"/> wrote. The message comes from the parent over a private pipe, so its lengths are believed.</summary>
    public static StartMessage Decode(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var version = reader.ReadInt32();
        var incarnation = new Guid(reader.ReadBytes(16));
        var socket = reader.ReadString();
        var nonce = reader.ReadBytes(reader.ReadInt32());
        var system = reader.ReadString();
        var settings = reader.ReadString();
        var assemblies = new string[reader.ReadInt32()];
        for (var index = 0; index < assemblies.Length; index++)
            assemblies[index] = reader.ReadString();
        var program = reader.ReadString();
        return new StartMessage(version, incarnation, socket, nonce, system, settings, assemblies, program, reader.ReadBytes(reader.ReadInt32()));
    }
}
