namespace EventDrivenActors.Wire.Payloads;

/// <summary>The arguments of an event or of a call cannot be read, so its handler has not run.</summary>
/// <param name="refused">Why.</param>
internal sealed class ArgumentsException(PayloadException refused) : Exception(refused.Message, refused.InnerException);
