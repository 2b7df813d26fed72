namespace EventDrivenActors.Subprocess.Wire;

/// <summary>A batch of messages with its number, which the receiver acknowledges.</summary>
internal sealed record Envelope(long Number, IReadOnlyList<WireMessage> Messages);
