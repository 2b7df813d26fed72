namespace EventDrivenActors.Wire.Payloads;

/// <summary>A struct that never crosses.</summary>
internal sealed class RefusedSlot<T>(string why) : Slot<T>
{
    public override int MinSize => 1;

    public override void Write(GraphWriter writer, ref T value) => throw writer.Refused(why);

    public override void Read(GraphReader graph, ref WireReader reader, ref T value) =>
        throw new WireFormatException($"A '{typeof(T)}' is not allowed to cross.");
}
