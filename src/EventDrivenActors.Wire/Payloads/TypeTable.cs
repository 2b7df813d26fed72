namespace EventDrivenActors.Wire.Payloads;

/// <summary>Has a codec for each type that may cross. Any thread.</summary>
/// <typeparam name="TCodec">The codec that writes and reads the objects of a type.</typeparam>
internal abstract class TypeTable<TCodec>
    where TCodec : class
{
    public abstract bool IsAllowed(Type type);

    /// <summary>The name of a type on the wire.</summary>
    public abstract string NameOf(Type type);

    /// <summary>The end of a sentence that says why objects of a type may not cross.</summary>
    public abstract string WhyNot(Type type);

    /// <returns>Null where objects of the type may not cross.</returns>
    public abstract TCodec? ForWriting(Type type);

    /// <exception cref="WireFormatException">Objects of the type may not cross.</exception>
    public abstract TCodec ForReading(Type type);

    /// <exception cref="WireFormatException">There is no type of this name, or objects of it may not cross.</exception>
    public abstract TCodec ForReading(string name);
}
