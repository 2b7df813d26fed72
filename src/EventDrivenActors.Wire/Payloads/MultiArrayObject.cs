using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>An array of several dimensions, or of one that does not begin at 0.</summary>
internal sealed class MultiArrayObject<T>(Type type, ArrayObject<T> elements) : ObjectCodec(type)
{
    public override void Write(GraphWriter writer, object value)
    {
        Array array = (Array)value;
        for (int dimension = 0; dimension < array.Rank; dimension++)
        {
            writer.Buffer.WriteVarInt(array.GetLength(dimension));
            writer.Buffer.WriteVarInt(array.GetLowerBound(dimension));
        }

        // Claimed once more as a whole, so that the reader can compare it with the bytes that there are.
        elements.WriteElements(writer, Span(array));
    }

    public override object Read(GraphReader graph, ref WireReader reader, int number)
    {
        int[] lengths = new int[Type.GetArrayRank()],
            bounds = new int[lengths.Length];
        long product = 1;
        for (int dimension = 0; dimension < lengths.Length; dimension++)
        {
            lengths[dimension] = reader.ReadInt32();
            bounds[dimension] = reader.ReadInt32();
            product = lengths[dimension] < 0 ? -1 : checked(product * lengths[dimension]);
        }

        int count = elements.ReadCount(ref reader);
        if (count != product)
        {
            throw new WireFormatException($"An array of {product} elements has {count}.");
        }

        Array array = Array.CreateInstanceFromArrayType(Type, lengths, bounds);
        graph.Add(number, array);
        elements.Fill(graph, ref reader, Span(array));
        return array;
    }

    private static Span<T> Span(Array array) =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);
}
