namespace EventDrivenActors.Wire.Calls;

/// <summary>The marks of a holder that has died: which of its calls it had started.</summary>
/// <param name="slots">By slot the call that was started last.</param>
/// <param name="arriving">The place of the call that it was just taking in; 0 for none.</param>
internal sealed class StartRecord(ReadOnlyMemory<long> slots, long arriving)
{
    /// <summary>Whether it had started a call that it held.</summary>
    public bool Has(OutstandingCall call) => call.Slot >= slots.Length || slots.Span[call.Slot] == call.Id;

    /// <summary>Whether it was just taking a call in.</summary>
    public bool TakesIn(OutstandingCall call) => arriving == call.Number;
}
