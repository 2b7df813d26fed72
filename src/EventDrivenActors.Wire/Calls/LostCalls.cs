namespace EventDrivenActors.Wire.Calls;

/// <summary>The outcome of a holder's death for the events that it had.</summary>
/// <param name="Lost">Settle as lost; each says whether it had started.</param>
/// <param name="Poisoned">Were delivered as often as allowed.</param>
/// <param name="Cancelled">Were to be cancelled, and either never started or would have been delivered again.</param>
internal sealed record LostCalls(
    IReadOnlyList<OutstandingCall> Lost,
    IReadOnlyList<OutstandingCall> Poisoned,
    IReadOnlyList<OutstandingCall> Cancelled
);
