using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Connecting;

/// <summary>
/// A child's first frame: who it is, what it has, and the proof that it was started by the parent that listens.
/// </summary>
internal sealed record ChildHello(int ProtocolVersion, Guid Incarnation, IReadOnlyList<ModuleVersion> Modules)
{
    private const int MostModules = 4096;

    /// <summary>The frame's bytes: its proof, then the content.</summary>
    public byte[] Encode(byte[] nonce)
    {
        MemoryStream stream = new MemoryStream();
        using BinaryWriter writer = new BinaryWriter(stream);
        writer.Write(ProtocolVersion);
        writer.Write(Incarnation.ToByteArray());
        writer.Write(Modules.Count);
        foreach (ModuleVersion module in Modules)
        {
            writer.Write(module.Assembly);
            writer.Write(module.Mvid.ToByteArray());
        }
        byte[] content = stream.ToArray();
        return [.. HandshakeProof.Of(nonce, HandshakeProof.Child, content), .. content];
    }

    /// <summary>Reads a frame; null when the proof is wrong, and then nothing but the proof was looked at.</summary>
    /// <exception cref="LinkProtocolException">The proof is right and the content is not.</exception>
    public static ChildHello? Decode(byte[] frame, byte[] nonce)
    {
        if (frame.Length < HandshakeProof.Length)
        {
            return null;
        }

        Span<byte> content = frame.AsSpan(HandshakeProof.Length);
        if (!HandshakeProof.Holds(frame.AsSpan(0, HandshakeProof.Length), nonce, HandshakeProof.Child, content))
        {
            return null;
        }

        try
        {
            using BinaryReader reader = new BinaryReader(new MemoryStream(content.ToArray()));
            int version = reader.ReadInt32();
            Guid incarnation = new Guid(reader.ReadBytes(16));
            int count = reader.ReadInt32();
            if (count is < 0 or > MostModules)
            {
                throw new LinkProtocolException(
                    $"A child lists '{count}' assemblies, and at most '{MostModules}' are believed."
                );
            }

            ModuleVersion[] modules = new ModuleVersion[count];
            for (int index = 0; index < count; index++)
            {
                modules[index] = new ModuleVersion(reader.ReadString(), new Guid(reader.ReadBytes(16)));
            }

            return new ChildHello(version, incarnation, modules);
        }
        catch (Exception reason) when (reason is EndOfStreamException or ArgumentException or FormatException)
        {
            throw new LinkProtocolException(
                $"A child's first frame of '{frame.Length}' bytes could not be read: {reason.Message}"
            );
        }
    }
}
