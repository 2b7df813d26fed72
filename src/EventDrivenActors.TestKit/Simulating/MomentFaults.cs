namespace EventDrivenActors.TestKit.Simulating;

/// <summary>The faults that wait for their instant.</summary>
internal sealed class MomentFaults(IEnumerable<(int Number, MomentFault Fault)> faults)
{
    // The pump's thread.
    private int _instant;
    private readonly Queue<(int Number, MomentFault Fault)> _waiting = new(
        faults.OrderBy(fault => fault.Fault.Instant)
    );

    /// <summary>Counts an instant at which nothing else can happen.</summary>
    /// <returns>
    /// The fault that happens then, or null. Several faults of one instant happen at successive instants.
    /// </returns>
    public (int Number, MomentFault Fault)? TakeNext()
    {
        _instant++;
        return _waiting.TryPeek(out (int Number, MomentFault Fault) next) && next.Fault.Instant <= _instant
            ? _waiting.Dequeue()
            : null;
    }
}
