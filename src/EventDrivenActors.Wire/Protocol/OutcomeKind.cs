namespace EventDrivenActors.Wire.Protocol;

/// <summary>How an event ended in the child. The numbers are part of the wire format.</summary>
internal enum OutcomeKind : byte
{
    Completed = 0,
    Skipped = 1,
    Faulted = 2,
    Cancelled = 3,
    TimedOut = 4,
}
