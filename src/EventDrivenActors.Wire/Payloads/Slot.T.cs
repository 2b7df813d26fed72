namespace EventDrivenActors.Wire.Payloads;

/// <inheritdoc cref="Slot"/>
/// <typeparam name="T">The declared type.</typeparam>
internal abstract class Slot<T> : Slot
{
    /// <exception cref="PayloadException">The value cannot cross.</exception>
    public abstract void Write(GraphWriter writer, ref T value);

    /// <exception cref="WireFormatException">The bytes are not those of a value.</exception>
    public abstract void Read(GraphReader graph, ref WireReader reader, ref T value);
}
