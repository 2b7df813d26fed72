namespace EventDrivenActors.TestKit.Timing;

/// <summary>
/// A timer of the virtual clock, ordered by the time at which it is due, then by the order of arming. Its times change
/// under the gate of the clock.
/// </summary>
internal sealed class VirtualTimer(VirtualTime clock, Action callback) : ITimer, IComparable<VirtualTimer>
{
    public Action Callback { get; } = callback;

    public long Due { get; set; }

    public long Sequence { get; set; } = -1;

    public long Period { get; set; }

    public int CompareTo(VirtualTimer? other) => (Due, Sequence).CompareTo((other!.Due, other.Sequence));

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        clock.Arm(this, dueTime, period);
        return true;
    }

    public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
