namespace EventDrivenActors.Wire.Payloads;

/// <summary>A handler has ended well, and what it returned cannot cross.</summary>
/// <param name="refused">Why.</param>
internal sealed class ResultException(PayloadException refused) : Exception(refused.Message);
