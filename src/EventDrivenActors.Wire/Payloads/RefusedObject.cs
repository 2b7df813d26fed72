namespace EventDrivenActors.Wire.Payloads;

/// <summary>A class that never crosses.</summary>
/// <param name="type">The class.</param>
/// <param name="why">The end of a sentence that begins with the way to the object.</param>
internal sealed class RefusedObject(Type type, string why) : ObjectCodec(type)
{
    public override bool IsTracked => false;

    public override void Write(GraphWriter writer, object value) => throw writer.Refused(why);

    public override object Read(GraphReader graph, ref WireReader reader, int number) =>
        throw new WireFormatException($"A '{Type}' is not allowed to cross.");
}
