using System.Runtime.CompilerServices;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>An inline array of references: one declared field, and more elements than that.</summary>
internal sealed class InlineArraySlot<T, TElement>(Slot<TElement> element, int length) : Slot<T>
    where T : struct
{
    public override int MinSize => Math.Max(1, element.MinSize * length);

    public override bool IsLeaf => element.IsLeaf;

    public override void Write(GraphWriter writer, ref T value)
    {
        writer.Enter(null);
        for (int i = 0; i < length; i++)
        {
            writer.Step(i);
            element.Write(writer, ref Unsafe.Add(ref Unsafe.As<T, TElement>(ref value), i));
        }

        writer.Exit();
    }

    public override void Read(GraphReader graph, ref WireReader reader, ref T value)
    {
        for (int i = 0; i < length; i++)
        {
            element.Read(graph, ref reader, ref Unsafe.Add(ref Unsafe.As<T, TElement>(ref value), i));
        }
    }
}
