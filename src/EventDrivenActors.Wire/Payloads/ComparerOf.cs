namespace EventDrivenActors.Wire.Payloads;

/// <summary>A comparer of a collection; a collection's default comparer is not written.</summary>
internal sealed record ComparerOf<TCollection>(Func<TCollection, object?> Get, object Default)
{
    /// <exception cref="PayloadException">The comparer cannot cross.</exception>
    public void Write(GraphWriter writer, TCollection collection)
    {
        object? comparer = Get(collection);
        if (comparer is null || comparer.Equals(Default))
        {
            writer.Write(null, typeof(object));
            return;
        }

        if (!writer.MayWrite(comparer.GetType()))
        {
            throw writer.Refused(Remedies.ForComparer(comparer.GetType()));
        }

        writer.Write(comparer, typeof(object));
    }

    /// <returns>The comparer; null for the default.</returns>
    public static object? Read(GraphReader graph, ref WireReader reader)
    {
        ObjectCodec? declared = null;
        return graph.Read(ref reader, typeof(object), ref declared);
    }
}
