namespace EventDrivenActors.Wire.Payloads;

/// <summary>The elements that a memory shows, not the array that it is a part of.</summary>
internal sealed class MemorySlot<T>(ArrayObject<T> elements) : Slot<Memory<T>>
{
    public override int MinSize => 1;

    public override void Write(GraphWriter writer, ref Memory<T> value) => elements.WriteElements(writer, value.Span);

    public override void Read(GraphReader graph, ref WireReader reader, ref Memory<T> value) =>
        value = elements.ReadElements(graph, ref reader);
}
