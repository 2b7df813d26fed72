using EventDrivenActors.TestKit.Loops;

namespace EventDrivenActors.TestKit.Children;

/// <summary>
/// The clock of a simulated child. Its timers do not fire while the child is frozen; those that come due meanwhile fire
/// late, when the child goes on.
/// </summary>
internal sealed class ChildClock(VirtualTime time, LoopWork work) : TimeProvider
{
    private readonly Lock _gate = new();

    // Under _gate.
    private readonly List<(TimerCallback Callback, object? State)> _late = [];
    private bool _halted;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override long GetTimestamp() => time.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(fired => Fire(callback, fired), state, dueTime, period);

    public void Halt()
    {
        lock (_gate)
        {
            _halted = true;
        }
    }

    public void GoOn()
    {
        (TimerCallback Callback, object? State)[] late;
        lock (_gate)
        {
            _halted = false;
            late = [.. _late];
            _late.Clear();
        }

        foreach ((TimerCallback callback, object? state) in late)
        {
            work.Run(() => callback(state));
        }
    }

    private void Fire(TimerCallback callback, object? state)
    {
        lock (_gate)
        {
            if (_halted)
            {
                _late.Add((callback, state));
                return;
            }
        }

        callback(state);
    }
}
