namespace EventDrivenActors.TestKit.Simulating;

/// <summary>The faults that wait for their instant.</summary>
internal sealed class MomentFaults(IEnumerable<(int Number, MomentFault Fault)> faults)
{
    private readonly Queue<(int Number, MomentFault Fault)> _waiting = new(
        faults.OrderBy(fault => fault.Fault.Instant)
    );
    private int _instant;

    /// <summary>Another instant at which nothing else can happen.</summary>
    /// <returns>The fault that happens then; several of one instant happen at the next ones.</returns>
    public (int Number, MomentFault Fault)? TakeNext()
    {
        _instant++;
        return _waiting.TryPeek(out (int Number, MomentFault Fault) next) && next.Fault.Instant <= _instant
            ? _waiting.Dequeue()
            : null;
    }
}
