using System.Runtime.InteropServices;

namespace EventDrivenActors.Wire.Payloads;

/// <inheritdoc cref="MemorySlot{T}"/>
internal sealed class ReadOnlyMemorySlot<T>(ArrayObject<T> elements) : Slot<ReadOnlyMemory<T>>
{
    public override int MinSize => 1;

    public override void Write(GraphWriter writer, ref ReadOnlyMemory<T> value) =>
        elements.WriteElements(writer, MemoryMarshal.AsMemory(value).Span);

    public override void Read(GraphReader graph, ref WireReader reader, ref ReadOnlyMemory<T> value) =>
        value = elements.ReadElements(graph, ref reader);
}
