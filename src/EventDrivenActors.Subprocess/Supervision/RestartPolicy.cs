namespace EventDrivenActors.Subprocess.Supervision;

/// <summary>
/// When a dead child may be replaced: a delay that doubles, and at most so many in a window of time. Pure. Not
/// thread-safe.
/// </summary>
internal sealed class RestartPolicy(RestartOptions options, Func<double> random)
{
    // One thread at a time.
    private readonly Queue<TimeSpan> _restarts = [];
    private int _failures;

    /// <summary>Whether a child that died now must not be replaced yet.</summary>
    public bool IsFull(TimeSpan now)
    {
        while (_restarts.TryPeek(out TimeSpan oldest) && now - oldest > TimeOption.Limit(options.Window))
        {
            _restarts.Dequeue();
        }

        return options.MinDelay == Timeout.InfiniteTimeSpan || _restarts.Count >= options.MaxRestarts;
    }

    /// <summary>A child has died and is to be replaced.</summary>
    /// <param name="now">The time, from any fixed origin.</param>
    /// <param name="ready">How long it had been ready; null when it never was.</param>
    /// <returns>When the next one may be started: after the delay, and when the window has room.</returns>
    public TimeSpan Died(TimeSpan now, TimeSpan? ready)
    {
        _failures = ready >= TimeOption.Limit(options.HealthyAfter) ? 0 : _failures;
        if (options.MinDelay == Timeout.InfiniteTimeSpan)
        {
            return now + TimeOption.Longest;
        }

        TimeSpan room =
            IsFull(now) && options.MaxRestarts > 0
                ? _restarts.ElementAt(_restarts.Count - options.MaxRestarts)
                    + (TimeOption.Limit(options.Window) ?? TimeOption.Longest)
                    + TimeSpan.FromTicks(1)
                : now;
        _restarts.Enqueue(now);
        TimeSpan delayed = now + Delay(_failures++);
        return delayed > room ? delayed : room;
    }

    /// <summary>A run begins.</summary>
    public void Reset()
    {
        _failures = 0;
        _restarts.Clear();
    }

    private TimeSpan Delay(int failures)
    {
        double doubled = options.MinDelay.Ticks * Math.Pow(2, Math.Min(failures, 30));
        double capped = Math.Min(doubled, (TimeOption.Limit(options.MaxDelay) ?? TimeOption.Longest).Ticks);
        return TimeSpan.FromTicks((long)Math.Ceiling(capped * (1 + (options.Jitter * ((2 * random()) - 1)))));
    }
}
