namespace EventDrivenActors.TestKit.Loops;

/// <summary>
/// The limits of the thread pool: the threads that it creates without delay, and the most that it may have.
/// </summary>
internal readonly record struct PoolLimits(int Least, int Most)
{
    /// <summary>The current limits.</summary>
    public static PoolLimits Read()
    {
        ThreadPool.GetMinThreads(out int least, out _);
        ThreadPool.GetMaxThreads(out int most, out _);
        return new PoolLimits(least, most);
    }

    /// <summary>Sets the limits.</summary>
    /// <returns>The limits that the pool has accepted; the configuration of the process may fix one of them.</returns>
    public PoolLimits Set()
    {
        ThreadPool.GetMinThreads(out _, out int leastPorts);
        ThreadPool.GetMaxThreads(out _, out int mostPorts);

        // In this order, because the lower limit must never exceed the upper one.
        ThreadPool.SetMinThreads(1, leastPorts);
        ThreadPool.SetMaxThreads(Most, mostPorts);
        ThreadPool.SetMinThreads(Math.Min(Least, Most), leastPorts);
        return Read();
    }
}
