namespace EventDrivenActors.Wire.Payloads;

/// <summary>A struct with references, which may be missing.</summary>
internal sealed class NullableSlot<T>(Slot<T> inner) : Slot<T?>
    where T : struct
{
    public override int MinSize => 1;

    public override bool IsLeaf => inner.IsLeaf;

    public override void Write(GraphWriter writer, ref T? value)
    {
        writer.Buffer.WriteByte(value.HasValue ? (byte)1 : (byte)0);
        if (value is { } present)
        {
            inner.Write(writer, ref present);
        }
    }

    public override void Read(GraphReader graph, ref WireReader reader, ref T? value)
    {
        if (!reader.ReadFlag())
        {
            value = null;
            return;
        }

        T present = default;
        inner.Read(graph, ref reader, ref present);
        value = present;
    }
}
