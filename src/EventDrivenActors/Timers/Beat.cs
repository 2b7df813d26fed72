namespace EventDrivenActors.Timers;

/// <summary>Timers of one interval that are due in the same millisecond, and so will be in the next ones. Used under the lock of <see cref="SystemTicker"/>.</summary>
internal sealed class Beat(long due, long interval) : IComparable<Beat>
{
    private readonly List<TimerAdapter> _members = [];

    public long Due { get; private set; } = due;

    public bool IsEmpty => _members.Count == 0;

    private long Interval => interval;

    public int CompareTo(Beat? other) => other is null ? 1 : Due != other.Due ? Due.CompareTo(other.Due) : Interval.CompareTo(other.Interval);

    public void Add(TimerAdapter timer)
    {
        timer.Beat = this;
        timer.Place = _members.Count;
        _members.Add(timer);
    }

    public void Remove(TimerAdapter timer)
    {
        TimerAdapter last = _members[^1];
        _members[timer.Place] = last;
        last.Place = timer.Place;
        _members.RemoveAt(_members.Count - 1);
        timer.Beat = null;
    }

    public void AddTo(Queue<TimerAdapter> ready) => _members.ForEach(ready.Enqueue);

    public void MoveTo(Beat other) => _members.ForEach(other.Add);

    /// <summary>Sets the next instant; what a pause has left out is not made up for.</summary>
    public void Advance(long now) => Due += interval * (1 + ((now - Due) / interval));
}
