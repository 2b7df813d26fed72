using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>A struct without references as its memory: all of it crosses, declared as fields or not.</summary>
internal sealed class RawSlot<T> : Slot<T>
{
    public override int MinSize => Unsafe.SizeOf<T>();

    public override bool IsLeaf => true;

    public override void Write(GraphWriter writer, ref T value)
    {
        Unsafe.WriteUnaligned(ref MemoryMarshal.GetReference(writer.Buffer.GetSpan(Unsafe.SizeOf<T>())), value);
        writer.Buffer.Advance(Unsafe.SizeOf<T>());
    }

    public override void Read(GraphReader graph, ref WireReader reader, ref T value) =>
        value = Unsafe.ReadUnaligned<T>(ref MemoryMarshal.GetReference(reader.ReadSpan(Unsafe.SizeOf<T>())));
}
