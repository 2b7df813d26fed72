namespace EventDrivenActors.Wire.Payloads;

/// <summary>
/// Objects of which each process has its own few, such as <see cref="StringComparer.Ordinal"/>: which of them it is.
/// </summary>
/// <param name="type">Their type.</param>
/// <param name="why">The end of the sentence that refuses any other object of the type.</param>
/// <param name="known">All of them.</param>
internal sealed class SingleObject(Type type, string why, params object[] known) : ObjectCodec(type)
{
    public override bool IsTracked => false;

    public override void Write(GraphWriter writer, object value)
    {
        int index = Array.IndexOf(known, value);
        writer.Buffer.WriteByte(index >= 0 ? (byte)index : throw writer.Refused(why));
    }

    public override object Read(GraphReader graph, ref WireReader reader, int number) =>
        reader.ReadByte() is var index && index < known.Length
            ? known[index]
            : throw new WireFormatException($"There is no '{Type}' of the number '{index}'.");
}
