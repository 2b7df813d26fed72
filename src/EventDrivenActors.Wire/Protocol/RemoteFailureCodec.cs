using System.Buffers;
using EventDrivenActors.Wire.Payloads;

namespace EventDrivenActors.Wire.Protocol;

/// <summary>A <see cref="RemoteFailure"/> as bytes.</summary>
internal static class RemoteFailureCodec
{
    // Data entries take at least two bytes, failures at least five.
    private const int SmallestEntry = 2;
    private const int SmallestFailure = 5;

    public static void Write(IBufferWriter<byte> writer, RemoteFailure failure)
    {
        writer.WriteText(failure.TypeName);
        writer.WriteText(failure.Message);
        writer.WriteOptionalText(failure.StackTrace);
        writer.WriteVarUInt((ulong)failure.Data.Count);
        foreach ((string? key, string? value) in failure.Data)
        {
            writer.WriteText(key);
            writer.WriteText(value);
        }

        writer.WriteVarUInt((ulong)failure.Inner.Count);
        foreach (RemoteFailure inner in failure.Inner)
        {
            Write(writer, inner);
        }
    }

    public static RemoteFailure Read(ref WireReader reader) => Read(ref reader, depth: 1);

    private static RemoteFailure Read(ref WireReader reader, int depth)
    {
        if (depth > RemoteFailure.MaxDepth)
        {
            throw new WireFormatException(
                $"Failures are nested more than {RemoteFailure.MaxDepth} deep at {reader.Position}."
            );
        }

        string type = reader.ReadText();
        string message = reader.ReadText();
        string? stack = reader.ReadOptionalText();
        // One more than the builder keeps, for the one that says that the rest could not be read.
        KeyValuePair<string, string>[] data = new KeyValuePair<string, string>[
            Believed(reader.ReadCount(SmallestEntry), RemoteFailure.MaxData + 1, ref reader)
        ];
        for (int i = 0; i < data.Length; i++)
        {
            data[i] = new(reader.ReadText(), reader.ReadText());
        }

        RemoteFailure[] inner = new RemoteFailure[
            Believed(reader.ReadCount(SmallestFailure), RemoteFailure.MaxFailures, ref reader)
        ];
        for (int i = 0; i < inner.Length; i++)
        {
            inner[i] = Read(ref reader, depth + 1);
        }

        return new RemoteFailure(type, message, stack, inner, data);
    }

    private static int Believed(int count, int most, ref WireReader reader) =>
        count <= most
            ? count
            : throw new WireFormatException(
                $"A failure claims '{count}' parts at {reader.Position}, and at most '{most}' are believed."
            );
}
