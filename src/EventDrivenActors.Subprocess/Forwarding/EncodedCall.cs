namespace EventDrivenActors.Subprocess.Forwarding;

/// <summary>An event as it will cross: encoded by the thread that dispatched it, so that what cannot cross fails there.</summary>
/// <param name="Function">The submitted method; null for an event. Each child numbers methods for itself, so it has no token yet.</param>
/// <param name="Payload">The whole event.</param>
internal sealed record EncodedCall(Delegate? Function, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The context entry that carries it from the dispatching thread to the loop; it does not cross.</summary>
    public static SessionKey<EncodedCall> Key { get; } = new("subprocess.encoded-call");
}
