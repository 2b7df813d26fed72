namespace EventDrivenActors.Chaos.Checking;

/// <summary>What a handler in a child noted at once, so that it outlives the child.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="EventId">To which event; 0 for the child itself.</param>
/// <param name="ProcessId">In which child.</param>
/// <param name="Attempt">In which delivery.</param>
/// <param name="At">When, on the machine's monotonic clock.</param>
internal sealed record Note(NoteKind Kind, long EventId, int ProcessId, int Attempt, long At);
