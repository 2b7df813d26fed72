namespace EventDrivenActors.TestKit.Loops;

/// <summary>
/// A limit of real time for a test that would hang, as the framework's waits take it: whole milliseconds, and some
/// weeks at most.
/// </summary>
internal static class RealLimit
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    public static TimeSpan Of(TimeSpan limit) =>
        limit > Longest || limit == Timeout.InfiniteTimeSpan
            ? Longest
            : TimeSpan.FromMilliseconds(Math.Ceiling(limit.TotalMilliseconds));
}
