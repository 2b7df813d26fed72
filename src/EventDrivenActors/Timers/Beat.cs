namespace EventDrivenActors.Timers;

/// <summary>
/// Timers of one interval that are due at the same instant, and so will be at the next ones. Used under the lock of
/// <see cref="SystemTicker"/>.
/// </summary>
internal sealed class Beat(TickSchedule schedule) : IComparable<Beat>
{
    // Under the lock of SystemTicker.
    private readonly List<TickedTimer> _members = [];
    private TickSchedule _schedule = schedule;

    public TimeSpan Due => _schedule.Due;

    public bool IsEmpty => _members.Count == 0;

    private TimeSpan Interval => _schedule.Interval;

    public int CompareTo(Beat? other) =>
        other is null ? 1
        : Due != other.Due ? Due.CompareTo(other.Due)
        : Interval.CompareTo(other.Interval);

    public void Add(TickedTimer timer)
    {
        timer.Beat = this;
        timer.Place = _members.Count;
        _members.Add(timer);
    }

    public void Remove(TickedTimer timer)
    {
        TickedTimer last = _members[^1];
        _members[timer.Place] = last;
        last.Place = timer.Place;
        _members.RemoveAt(_members.Count - 1);
        timer.Beat = null;
    }

    public void AddTo(Queue<(TickedTimer Timer, int Arming)> ready) =>
        _members.ForEach(timer => ready.Enqueue((timer, timer.Arming)));

    public void MoveTo(Beat other) => _members.ForEach(other.Add);

    /// <summary>Sets the next instant. The timers count the ticks that a pause has left out.</summary>
    public void Advance(TimeSpan now)
    {
        _schedule = _schedule.After(now, out long skipped);
        if (skipped > 0)
        {
            _members.ForEach(timer => timer.Skip(skipped));
        }
    }
}
