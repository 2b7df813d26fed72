using EventDrivenActors.Pure.Tests.EventLoop;

namespace EventDrivenActors.Pure.Tests.Remoting;

/// <summary>Manual time that counts how often its timers fire.</summary>
internal sealed class WakingTime : TimeProvider
{
    private readonly ManualTime _time = new();

    public int Wakes { get; private set; }

    public override long TimestampFrequency => _time.TimestampFrequency;

    public override long GetTimestamp() => _time.GetTimestamp();

    public void Advance(TimeSpan time) => _time.Advance(time);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _time.CreateTimer(
            given =>
            {
                Wakes++;
                callback(given);
            },
            state,
            dueTime,
            period
        );
}
