using System.Runtime.CompilerServices;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>A value type in a box. Two references to one box arrive as two boxes of equal content.</summary>
internal sealed class BoxObject<T>(Slot<T> slot) : ObjectCodec(typeof(T))
    where T : struct
{
    public override bool IsTracked => false;

    public override void Write(GraphWriter writer, object value) => slot.Write(writer, ref Unsafe.Unbox<T>(value));

    public override object Read(GraphReader graph, ref WireReader reader, int number)
    {
        T value = default;
        slot.Read(graph, ref reader, ref value);
        return value;
    }
}
