namespace EventDrivenActors.Subprocess.Forwarding;

/// <summary>An event as it will cross: encoded by the thread that dispatched it, so that what cannot cross fails there.</summary>
/// <param name="Token">The token of the submitted method; 0 for an event.</param>
/// <param name="Payload">Its arguments, or the whole event.</param>
internal sealed record EncodedCall(int Token, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The context entry that carries it from the dispatching thread to the loop; it does not cross.</summary>
    public static SessionKey<EncodedCall> Key { get; } = new("subprocess.encoded-call");
}
