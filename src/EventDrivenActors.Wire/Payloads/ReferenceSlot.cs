namespace EventDrivenActors.Wire.Payloads;

/// <summary>A reference: what it points to is chosen at run time.</summary>
internal sealed class ReferenceSlot<T> : Slot<T?>
    where T : class
{
    // Any thread: caches, which the last writer wins.
    private ObjectCodec? _last;
    private ObjectCodec? _declared;

    public override int MinSize => 1;

    public override void Write(GraphWriter writer, ref T? value) => writer.Write(value, typeof(T), ref _last);

    public override void Read(GraphReader graph, ref WireReader reader, ref T? value)
    {
        object? read = graph.Read(ref reader, typeof(T), ref _declared);
        value = read is null or T
            ? (T?)read
            : throw new WireFormatException($"A '{read.GetType()}' stands where a '{typeof(T)}' is expected.");
    }
}
