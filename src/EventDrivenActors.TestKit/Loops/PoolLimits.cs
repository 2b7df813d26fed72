namespace EventDrivenActors.TestKit.Loops;

/// <summary>How many threads the pool of the process may have, and how many it makes without delay.</summary>
internal readonly record struct PoolLimits(int Least, int Most)
{
    /// <summary>The limits as they are.</summary>
    public static PoolLimits Read()
    {
        ThreadPool.GetMinThreads(out int least, out _);
        ThreadPool.GetMaxThreads(out int most, out _);
        return new PoolLimits(least, most);
    }

    /// <summary>Sets them.</summary>
    /// <returns>What the pool has taken on; the configuration of the process may fix one of them.</returns>
    public PoolLimits Set()
    {
        ThreadPool.GetMinThreads(out _, out int leastPorts);
        ThreadPool.GetMaxThreads(out _, out int mostPorts);

        // In this order: at no moment the one may be above the other.
        ThreadPool.SetMinThreads(1, leastPorts);
        ThreadPool.SetMaxThreads(Most, mostPorts);
        ThreadPool.SetMinThreads(Math.Min(Least, Most), leastPorts);
        return Read();
    }
}
