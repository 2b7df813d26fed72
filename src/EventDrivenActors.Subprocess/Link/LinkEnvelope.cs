namespace EventDrivenActors.Subprocess.Link;

/// <summary>The one message that crosses the line: a batch of records, or an acknowledgement.</summary>
/// <param name="Number">1, 2, … for envelopes that the receiver acknowledges; 0 for those of the control lane.</param>
/// <param name="Bytes">The whole envelope, its header included, as <see cref="EnvelopeFormat"/> lays it out.</param>
internal sealed record LinkEnvelope(long Number, ReadOnlyMemory<byte> Bytes);
