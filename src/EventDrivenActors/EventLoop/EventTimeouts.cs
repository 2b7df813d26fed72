using System.Runtime.CompilerServices;
using EventDrivenActors.Sessions;

namespace EventDrivenActors.EventLoop;

/// <summary>
/// Ends an event whose handlers take longer than it may. The handlers are told by their token; until they have really
/// ended, no other event starts.
/// </summary>
internal sealed class EventTimeouts(LoopSettings settings, LoopPosition position, ErrorEvents errors)
{
    private readonly bool _limitsAll = TimeOption.Limit(settings.EventTimeout) is not null;

    // The thread of the running event writes, the timer's thread reads.
    private DueTimer? _timer;
    private TimeSpan _limit;
    private long _due = long.MaxValue;

    /// <summary>Begins the time of an event, if that has a limit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Begin(SessionFrame frame)
    {
        if (_limitsAll || frame.Pending is { HasExtras: true })
        {
            Arm(frame);
        }
    }

    /// <summary>The event has ended, or its time does not count for now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void End()
    {
        if (_timer is not null)
        {
            Disarm(_timer);
        }
    }

    private void Arm(SessionFrame frame)
    {
        if (TimeOption.Limit(frame.Pending?.Options.Timeout ?? settings.EventTimeout) is not { } limit)
        {
            return;
        }

        TimeProvider time = settings.TimeProvider;
        long due = DueTimer.Later(time, time.GetTimestamp(), limit);
        _limit = limit;
        Volatile.Write(ref _due, due);
        _timer ??= new DueTimer(time, OnDue);
        _timer.SetAt(due);
    }

    private void Disarm(DueTimer timer)
    {
        Volatile.Write(ref _due, long.MaxValue);
        timer.Clear();
    }

    private void OnDue()
    {
        SessionFrame frame = position.Frame;
        int version = frame.Version;
        Pending? pending = frame.Pending;
        object key = frame.Key;
        object? value = frame.Value;
        Interlocked.MemoryBarrier();

        // A timer that fires late may find the next event: an event is ended only when its own time is up.
        long due = Volatile.Read(ref _due);
        if (
            !frame.IsActive
            || frame.Deferred is not null
            || due > settings.TimeProvider.GetTimestamp()
            || frame.Version != version
        )
        {
            return;
        }

        EventTimeoutException exception = new(
            $"The handlers of the event '{key}' of the controller '{settings.Host.Controller.Name}' took longer than "
                + $"{_limit}; the next event waits until they have really ended."
        );

        // The outcome is set before the token fires: a handler that obeys it at once has still timed out.
        bool settled = pending?.TrySettle(EventOutcome.TimedOut(exception)) ?? true;
        if (!frame.Cancel(version, timedOut: true))
        {
            return;
        }

        if (settled)
        {
            errors.Raise(pending, key, value, exception);
        }

        settings.Host.LogStuck(key, _limit);
    }
}
