namespace EventDrivenActors.Pure.Tests.EventLoop;

/// <summary>
/// Time that moves when the test says so; timers fire on the thread that moves it, in the order in which they are due.
/// </summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private long _now;

    /// <summary>What the timers call, to play one that fires late.</summary>
    public List<Action> Callbacks { get; } = [];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(this, () => callback(state));
        Callbacks.Add(timer.Fire);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan time)
    {
        long end = GetTimestamp() + time.Ticks;
        while (NextDue(end) is { } timer)
        {
            timer.Fire();
        }

        Interlocked.Exchange(ref _now, end);
    }

    private ManualTimer? NextDue(long end)
    {
        lock (_gate)
        {
            ManualTimer? timer = _timers.Where(one => one.Due <= end).MinBy(one => one.Due);
            if (timer is not null)
            {
                _timers.Remove(timer);
                Interlocked.Exchange(ref _now, Math.Max(_now, timer.Due));
            }

            return timer;
        }
    }

    private sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        public long Due { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = time.GetTimestamp() + dueTime.Ticks;
                    time._timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
