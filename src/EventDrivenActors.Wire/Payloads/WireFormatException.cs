namespace EventDrivenActors.Wire.Payloads;

/// <summary>
/// Bytes from the other process do not follow the protocol. The link that delivered them is to be closed.
/// </summary>
internal sealed class WireFormatException : Exception
{
    public WireFormatException(string message)
        : base(message) { }

    public WireFormatException(string message, Exception inner)
        : base(message, inner) { }
}
