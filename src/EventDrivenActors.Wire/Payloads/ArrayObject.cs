using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>An array: its length and its elements, those without references in one piece.</summary>
internal sealed class ArrayObject<T>(Slot<T> slot) : ObjectCodec(typeof(T[]))
{
    private readonly bool _isRaw =
        slot is not TextSlot && slot.IsLeaf && !RuntimeHelpers.IsReferenceOrContainsReferences<T>();

    public override void Write(GraphWriter writer, object value) => WriteElements(writer, (T[])value);

    public override object Read(GraphReader graph, ref WireReader reader, int number)
    {
        T[] array = Make(ref reader);
        graph.Add(number, array);
        Fill(graph, ref reader, array);
        return array;
    }

    /// <summary>Writes the count of elements and the elements.</summary>
    public void WriteElements(GraphWriter writer, Span<T> elements)
    {
        writer.Buffer.WriteVarUInt((ulong)elements.Length);
        WriteContent(writer, elements);
    }

    /// <summary>Writes elements whose count the reader knows.</summary>
    public void WriteContent(GraphWriter writer, Span<T> elements)
    {
        if (_isRaw)
        {
            writer.Buffer.Write(Bytes(elements));
            return;
        }

        writer.Enter(null);
        for (int i = 0; i < elements.Length; i++)
        {
            writer.Step(i);
            slot.Write(writer, ref elements[i]);
        }

        writer.Exit();
    }

    /// <summary>Reads a count of elements and the elements.</summary>
    public T[] ReadElements(GraphReader graph, ref WireReader reader)
    {
        T[] array = Make(ref reader);
        Fill(graph, ref reader, array);
        return array;
    }

    /// <summary>Reads elements whose count is known.</summary>
    public void Fill(GraphReader graph, ref WireReader reader, Span<T> elements)
    {
        if (_isRaw)
        {
            reader.ReadSpan(elements.Length * Unsafe.SizeOf<T>()).CopyTo(Bytes(elements));
            return;
        }

        for (int i = 0; i < elements.Length; i++)
        {
            slot.Read(graph, ref reader, ref elements[i]);
        }
    }

    /// <summary>An empty array for as many elements as the bytes claim and can hold.</summary>
    public T[] Make(ref WireReader reader) => new T[ReadCount(ref reader)];

    /// <summary>The count of elements that is claimed, no more than the bytes can hold.</summary>
    public int ReadCount(ref WireReader reader) => reader.ReadCount(slot.MinSize);

    private static Span<byte> Bytes(Span<T> elements) =>
        MemoryMarshal.CreateSpan(
            ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(elements)),
            checked(elements.Length * Unsafe.SizeOf<T>())
        );
}
