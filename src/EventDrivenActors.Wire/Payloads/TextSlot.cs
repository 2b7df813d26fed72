namespace EventDrivenActors.Wire.Payloads;

/// <summary>A string, which may be null.</summary>
internal sealed class TextSlot : Slot<string?>
{
    public override int MinSize => 1;

    public override bool IsLeaf => true;

    public override void Write(GraphWriter writer, ref string? value) => writer.Buffer.WriteOptionalText(value);

    public override void Read(GraphReader graph, ref WireReader reader, ref string? value) =>
        value = reader.ReadOptionalText();
}
