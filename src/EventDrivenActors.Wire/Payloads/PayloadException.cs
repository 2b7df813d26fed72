namespace EventDrivenActors.Wire.Payloads;

/// <summary>
/// A value cannot cross the process line, or its bytes cannot be turned back into a value. The link stays usable.
/// </summary>
internal sealed class PayloadException : Exception
{
    public PayloadException(string message)
        : base(message) { }

    public PayloadException(string message, Exception inner)
        : base(message, inner) { }

    /// <summary>
    /// Whether the bytes are those of a payload, and code of an allowed type failed while they were read.
    /// </summary>
    public bool IsOfAType => InnerException is not (null or WireFormatException);
}
