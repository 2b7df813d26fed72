namespace EventDrivenActors.TestSupport;

/// <summary>A clock that stands still until a test advances it; timers fire inside <see cref="Advance"/>.</summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _armed = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock on and runs the timers that come due, in order, on the calling thread.</summary>
    public void Advance(TimeSpan by)
    {
        long target = GetTimestamp() + by.Ticks;
        while (TakeDue(target) is { } callback)
        {
            callback();
        }
    }

    /// <summary>Moves the clock as if the process had stood still: each timer that came due meanwhile fires once.</summary>
    public void Jump(TimeSpan by)
    {
        List<Action> callbacks = [];
        lock (_gate)
        {
            _now += by.Ticks;
            foreach (ManualTimer timer in _armed.Where(timer => timer.Due <= _now).OrderBy(timer => timer.Due).ToArray())
            {
                callbacks.Add(timer.Callback);
                Renew(timer, _now);
            }
        }

        callbacks.ForEach(callback => callback());
    }

    /// <summary>Jumps from timer to timer until a task ends.</summary>
    public async Task<T> DriveAsync<T>(Task<T> task)
    {
        await DriveAsync((Task)task);
        return await task;
    }

    /// <inheritdoc cref="DriveAsync{T}(Task{T})"/>
    public async Task DriveAsync(Task task)
    {
        using CancellationTokenSource hung = new(HangGuard.Limit);
        while (!task.IsCompleted)
        {
            hung.Token.ThrowIfCancellationRequested();
            (TimeSpan? next, Task changed) = NextDue();
            if (next is { } wait)
            {
                Advance(wait);
                await Task.Yield();
            }
            else
            {
                await Task.WhenAny(task, changed).Guarded();
            }
        }

        await task;
    }

    private (TimeSpan? Next, Task Changed) NextDue()
    {
        lock (_gate)
        {
            return (_armed.Count == 0 ? null : TimeSpan.FromTicks(Math.Max(0, _armed.Min(timer => timer.Due) - _now)), _changed.Task);
        }
    }

    private Action? TakeDue(long target)
    {
        lock (_gate)
        {
            ManualTimer? timer = _armed.Where(armed => armed.Due <= target).MinBy(armed => armed.Due);
            _now = Math.Max(_now, timer?.Due ?? target);
            if (timer is null)
            {
                return null;
            }

            Renew(timer, timer.Due);
            return timer.Callback;
        }
    }

    private void Renew(ManualTimer timer, long firedAt)
    {
        timer.Due = firedAt + timer.Period;
        if (timer.Period == 0)
        {
            _armed.Remove(timer);
        }
    }

    private void Arm(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _armed.Remove(timer);
            if (dueTime < TimeSpan.Zero)
            {
                return;
            }

            timer.Due = _now + dueTime.Ticks;
            timer.Period = Math.Max(0, period.Ticks);
            _armed.Add(timer);
            _changed.TrySetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        if (dueTime == TimeSpan.Zero)
        {
            ThreadPool.QueueUserWorkItem(_ => Advance(TimeSpan.Zero));
        }
    }

    private sealed class ManualTimer(ManualTimeProvider clock, Action callback) : ITimer
    {
        public Action Callback { get; } = callback;

        public long Due { get; set; }

        public long Period { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Arm(this, dueTime, period);
            return true;
        }

        public void Dispose() => clock.Arm(this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
