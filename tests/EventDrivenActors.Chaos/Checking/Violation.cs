namespace EventDrivenActors.Chaos.Checking;

/// <summary>A promise that a run did not keep.</summary>
/// <param name="Kind">Which sort of promise.</param>
/// <param name="EventId">Of which event; null when it is about the run.</param>
/// <param name="Text">A sentence.</param>
internal sealed record Violation(ViolationKind Kind, long? EventId, string Text);
