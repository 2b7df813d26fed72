namespace EventDrivenActors.Wire.Payloads;

/// <summary>How the objects of one type are written: in a reference, or in a box.</summary>
internal abstract class ObjectCodec(Type type)
{
    /// <summary>The type that the wire names.</summary>
    public Type Type => type;

    /// <summary>Whether two references to one object arrive as such.</summary>
    public virtual bool IsTracked => true;

    /// <summary>
    /// Whether the object can only be made of its finished content, so that nothing in it may refer to it.
    /// </summary>
    public virtual bool IsMadeLast => false;

    /// <exception cref="PayloadException">The object cannot cross.</exception>
    public abstract void Write(GraphWriter writer, object value);

    /// <summary>
    /// Reads an object; unless it is made last, <paramref name="number"/> is given to it before its content is read.
    /// </summary>
    /// <exception cref="WireFormatException">The bytes are not those of an object.</exception>
    public abstract object Read(GraphReader graph, ref WireReader reader, int number);
}
