using System.Diagnostics.CodeAnalysis;

namespace EventDrivenActors.Timers;

/// <summary>
/// Ticks the timers that follow the system's own clock: those that are due one after the other, on as few threads of
/// the pool as they keep busy.
/// </summary>
/// <remarks>
/// A work item of the pool takes one timer at a time and ticks it, which includes the turn of its controller. While
/// more are due, another work item is on its way, so a handler that blocks delays no other timer: the next thread takes
/// the next tick, and calls again.
/// </remarks>
internal sealed class SystemTicker : IThreadPoolWorkItem
{
    /// <summary>After so many ticks in a row other work of the pool has its turn.</summary>
    private const int Budget = 256;

    private readonly Lock _gate = new();
    private readonly SortedSet<Beat> _beats = [];
    private readonly Queue<(TickedTimer Timer, int Arming)> _ready = [];
    private readonly ITimer _clock;
    private TimeSpan _clockDue = TimeSpan.MaxValue;
    private bool _called;

    private SystemTicker()
    {
        // A tick must not see the execution context of the first caller.
        using AsyncFlowControl? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        _clock = TimeProvider.System.CreateTimer(
            static ticker => ((SystemTicker)ticker!).OnClock(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
    }

    public static SystemTicker Shared { get; } = new();

    /// <summary>Counts time as the system's timers do; a tick must not be due before its timer fires.</summary>
    private static TimeSpan Now => TimeSpan.FromMilliseconds(Environment.TickCount64);

    /// <summary>Ticks a timer at a new interval from now on.</summary>
    public void Arm(TickedTimer timer, TimeSpan interval)
    {
        lock (_gate)
        {
            Unlist(timer);
            timer.Arming++;
            TimeSpan now = Now;
            Beat beat = new(new TickSchedule(now + interval, interval));
            if (_beats.TryGetValue(beat, out Beat? existing))
            {
                beat = existing;
            }
            else
            {
                _beats.Add(beat);
            }

            beat.Add(timer);
            SetClock(now);
        }
    }

    public void Disarm(TickedTimer timer)
    {
        lock (_gate)
        {
            Unlist(timer);
            timer.Arming++;
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        lock (_gate)
        {
            _called = false;
        }

        Tick();
    }

    private void OnClock()
    {
        lock (_gate)
        {
            _clockDue = TimeSpan.MaxValue;
            Collect();
        }

        Tick();
    }

    private void Tick()
    {
        for (int i = 0; i < Budget && TryTake(out TickedTimer? timer, out int arming); i++)
        {
            timer.Tick(arming);
            if (SynchronizationContext.Current is not null)
            {
                // As the pool does between two work items.
                SynchronizationContext.SetSynchronizationContext(null);
            }
        }
    }

    /// <summary>The next timer that is due. If there is another one, a thread is on its way to it.</summary>
    private bool TryTake([NotNullWhen(true)] out TickedTimer? timer, out int arming)
    {
        bool call;
        lock (_gate)
        {
            if (_ready.Count == 0)
            {
                Collect();
            }

            (timer, arming) = _ready.TryDequeue(out (TickedTimer Timer, int Arming) due) ? due : default;
            call = _ready.Count > 0 && !_called;
            _called |= call;
        }

        if (call)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return timer is not null;
    }

    private void Collect()
    {
        TimeSpan now = Now;
        while (_beats.Min is { } beat && beat.Due <= now)
        {
            _beats.Remove(beat);
            beat.AddTo(_ready);
            beat.Advance(now);
            if (_beats.TryGetValue(beat, out Beat? existing))
            {
                beat.MoveTo(existing);
            }
            else
            {
                _beats.Add(beat);
            }
        }

        SetClock(now);
    }

    private void Unlist(TickedTimer timer)
    {
        if (timer.Beat is { } beat)
        {
            beat.Remove(timer);
            if (beat.IsEmpty)
            {
                _beats.Remove(beat);
            }
        }
    }

    /// <summary>The thread that takes the last due tick may be away for long, so the clock is set before.</summary>
    private void SetClock(TimeSpan now)
    {
        TimeSpan due = _beats.Min?.Due ?? TimeSpan.MaxValue;
        if (due != _clockDue)
        {
            // The clock's timer counts some weeks at most; when nothing is due then, it is set again.
            _clockDue = due;
            _clock.Change(
                due == TimeSpan.MaxValue
                    ? Timeout.InfiniteTimeSpan
                    : TimeSpan.FromMilliseconds(
                        Math.Clamp(Math.Ceiling((due - now).TotalMilliseconds), 0, int.MaxValue)
                    ),
                Timeout.InfiniteTimeSpan
            );
        }
    }
}
