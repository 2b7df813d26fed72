namespace EventDrivenActors.Wire.Payloads;

/// <summary>An entry of a dictionary; the way to its value is named by its key.</summary>
internal sealed class EntrySlot<TKey, TValue>(Slot<TKey> keys, Slot<TValue> values) : Slot<KeyValuePair<TKey, TValue>>
{
    public override int MinSize => keys.MinSize + values.MinSize;

    public override void Write(GraphWriter writer, ref KeyValuePair<TKey, TValue> entry)
    {
        TKey? key = entry.Key;
        TValue? value = entry.Value;
        if (!keys.IsLeaf)
        {
            writer.StepToKey();
        }

        int open = writer.OpenReferences;
        keys.Write(writer, ref key);
        writer.OpenKeys += writer.OpenReferences - open;
        if (!values.IsLeaf)
        {
            writer.StepUnder(key!);
        }

        values.Write(writer, ref value);
    }

    public override void Read(GraphReader graph, ref WireReader reader, ref KeyValuePair<TKey, TValue> entry)
    {
        TKey key = default!;
        TValue value = default!;
        keys.Read(graph, ref reader, ref key);
        values.Read(graph, ref reader, ref value);
        entry = new(key, value);
    }
}
