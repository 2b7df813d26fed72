namespace AssemblyCensus.Running;

/// <summary>Events a second over the last few seconds. Safe from any thread.</summary>
internal sealed class RateMeter(TimeProvider time)
{
    private const int Seconds = 5;
    private readonly Lock _gate = new();
    private readonly long[] _counts = new long[Seconds + 1];
    private readonly long _start = time.GetTimestamp();
    private long _second;

    public void Add()
    {
        lock (_gate)
        {
            Advance();
            _counts[_second % _counts.Length]++;
        }
    }

    /// <summary>
    /// Over the last five whole seconds and the present one, or since the start while that is shorter.
    /// </summary>
    public double PerSecond
    {
        get
        {
            lock (_gate)
            {
                double elapsed = Advance();
                double window = Math.Min(elapsed, Seconds + elapsed - _second);
                return window <= 0 ? 0 : _counts.Sum() / window;
            }
        }
    }

    private double Advance()
    {
        double elapsed = time.GetElapsedTime(_start).TotalSeconds;
        long now = (long)elapsed;
        for (long second = Math.Max(_second + 1, now - Seconds); second <= now; second++)
        {
            _counts[second % _counts.Length] = 0;
        }

        _second = now;
        return elapsed;
    }
}
