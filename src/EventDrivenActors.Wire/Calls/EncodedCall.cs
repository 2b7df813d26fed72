namespace EventDrivenActors.Wire.Calls;

/// <summary>
/// An event as it will cross: encoded by the thread that dispatched it, so that what cannot cross fails there.
/// </summary>
/// <param name="Encoder">The encoder that was used: in a pool that of the first worker.</param>
/// <param name="Token">The number of the submitted method on that encoder's link; 0 for an event.</param>
/// <param name="Function">The submitted method; null for an event.</param>
/// <param name="Payload">The whole event.</param>
internal sealed record EncodedCall(CallEncoder Encoder, int Token, Delegate? Function, ReadOnlyMemory<byte> Payload);
