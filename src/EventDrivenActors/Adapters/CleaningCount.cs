namespace EventDrivenActors.Adapters;

/// <summary>
/// Counts what adapters have cancelled, and waits for those that are called on other threads, for a limited time.
/// </summary>
/// <remarks>
/// The limit is one of real time: the waiting thread may be the only one that moves the clock of the runtime.
/// </remarks>
internal sealed class CleaningCount(TimeSpan limit)
{
    private readonly ManualResetEventSlim _done = new();
    private readonly long _began = TimeProvider.System.GetTimestamp();

    // Any thread; interlocked.
    private int _open = 1;
    private int _cleaned;

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

    /// <summary>Waits for the calls, until the limit has passed since this was made.</summary>
    /// <returns>The number of events that the calls which ended in time have cancelled.</returns>
    public int Wait()
    {
        End(0);
        TimeSpan left = limit - TimeProvider.System.GetElapsedTime(_began);
        _done.Wait(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        return Volatile.Read(ref _cleaned);
    }
}
