namespace EventDrivenActors.Wire.Protocol;

/// <summary>A method named by the other process was not found here, or may not be called from there.</summary>
internal sealed class MethodReferenceException : Exception
{
    public MethodReferenceException(string message)
        : base(message) { }

    public MethodReferenceException(string message, Exception inner)
        : base(message, inner) { }
}
