namespace EventDrivenActors.Wire.Channel;

/// <summary>The one message that crosses the line: a batch of records, or an acknowledgement.</summary>
/// <param name="Number">1, 2, … for envelopes that the receiver acknowledges; 0 for those of the control lane.</param>
/// <param name="Bytes">The whole envelope, its header included, as <see cref="EnvelopeFormat"/> lays it out; of an end
/// that sends or receives, and valid only as long as it is handed on.</param>
internal readonly record struct LinkEnvelope(long Number, ReadOnlyMemory<byte> Bytes);
