namespace EventDrivenActors.Wire.Payloads;

/// <summary>A string where any object may stand. Two references to one string arrive as two equal strings.</summary>
internal sealed class TextObject() : ObjectCodec(typeof(string))
{
    public override bool IsTracked => false;

    public override void Write(GraphWriter writer, object value) => writer.Buffer.WriteText((string)value);

    public override object Read(GraphReader graph, ref WireReader reader, int number) => reader.ReadText();
}
