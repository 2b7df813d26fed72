namespace EventDrivenActors.Wire.Payloads;

/// <summary>An immutable collection as its comparers and its elements, made when all of them are there.</summary>
internal sealed class FinishedObject<TCollection, T>(
    ArrayObject<T> elements,
    Func<TCollection, T[]> take,
    Func<object?[], T[], TCollection> make,
    Func<GraphWriter, int>? open = null,
    params ComparerOf<TCollection>[] comparers
) : ObjectCodec(typeof(TCollection))
    where TCollection : class
{
    public override bool IsMadeLast => true;

    public override void Write(GraphWriter writer, object value)
    {
        TCollection collection = (TCollection)value;
        int? before = open?.Invoke(writer);
        Array.ForEach(comparers, comparer => comparer.Write(writer, collection));
        elements.WriteElements(writer, take(collection));
        if (open?.Invoke(writer) != before)
        {
            throw writer.Refused(
                "is an immutable collection that compares elements which refer to an object that holds it, so it "
                    + "cannot be put together again; send a mutable collection, such as a HashSet or a Dictionary."
            );
        }
    }

    public override object Read(GraphReader graph, ref WireReader reader, int number)
    {
        object?[] read = new object?[comparers.Length];
        for (int i = 0; i < read.Length; i++)
        {
            read[i] = ComparerOf<TCollection>.Read(graph, ref reader);
        }

        return make(read, elements.ReadElements(graph, ref reader));
    }
}
