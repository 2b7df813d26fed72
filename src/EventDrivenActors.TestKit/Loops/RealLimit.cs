namespace EventDrivenActors.TestKit.Loops;

/// <summary>
/// Converts a limit of real time to what the framework's waits accept: whole milliseconds, at most 24 days.
/// </summary>
internal static class RealLimit
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    public static TimeSpan Of(TimeSpan limit) =>
        limit > Longest || limit == Timeout.InfiniteTimeSpan
            ? Longest
            : TimeSpan.FromMilliseconds(Math.Ceiling(limit.TotalMilliseconds));
}
