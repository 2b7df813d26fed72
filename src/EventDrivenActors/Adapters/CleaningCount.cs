namespace EventDrivenActors.Adapters;

/// <summary>Counts what adapters have cancelled, and waits for those that are called on other threads, for a limited time.</summary>
internal sealed class CleaningCount
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private readonly ManualResetEventSlim _done = new();
    private readonly DueTimer _timer;
    private int _open = 1;
    private int _cleaned;

    public CleaningCount(TimeProvider timeProvider)
    {
        _timer = new DueTimer(timeProvider, _done.Set);
        _timer.Set(Limit);
    }

    /// <summary>A call begins that will be counted.</summary>
    public void Begin() => Interlocked.Increment(ref _open);

    /// <summary>A call has ended.</summary>
    public void End(int cleaned)
    {
        Interlocked.Add(ref _cleaned, cleaned);
        if (Interlocked.Decrement(ref _open) == 0)
        {
            _done.Set();
        }
    }

    /// <summary>Waits for the calls.</summary>
    /// <returns>What those that have ended in time have cancelled.</returns>
    public int Wait()
    {
        End(0);
        _done.Wait();
        _timer.Dispose();
        return Volatile.Read(ref _cleaned);
    }
}
