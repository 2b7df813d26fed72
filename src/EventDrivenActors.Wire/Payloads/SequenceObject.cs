namespace EventDrivenActors.Wire.Payloads;

/// <summary>
/// A mutable collection as its comparers and its elements in their order, put together anew where it is read.
/// </summary>
internal sealed class SequenceObject<TCollection, T>(
    ArrayObject<T> elements,
    Func<TCollection, T[]> take,
    Func<object?[], TCollection> make,
    Action<TCollection, T[]> fill,
    params ComparerOf<TCollection>[] comparers
) : ObjectCodec(typeof(TCollection))
    where TCollection : class
{
    public override void Write(GraphWriter writer, object value)
    {
        TCollection collection = (TCollection)value;
        int open = writer.OpenReferences;
        Array.ForEach(comparers, comparer => comparer.Write(writer, collection));
        elements.WriteElements(writer, take(collection));
        writer.Buffer.WriteByte(writer.OpenReferences != open ? (byte)1 : (byte)0);
    }

    public override object Read(GraphReader graph, ref WireReader reader, int number)
    {
        object?[] read = new object?[comparers.Length];
        for (int i = 0; i < read.Length; i++)
        {
            read[i] = ComparerOf<TCollection>.Read(graph, ref reader);
        }

        TCollection collection = make(read);
        graph.Add(number, collection);
        T[] array = elements.ReadElements(graph, ref reader);
        if (reader.ReadFlag())
        {
            // An element may be hashed or compared by an object that is not read yet.
            graph.Later(() => fill(collection, array));
        }
        else
        {
            fill(collection, array);
        }

        return collection;
    }
}
