namespace EventDrivenActors.TestKit.Loops;

/// <summary>
/// Says when a child has been waited for long enough: when this process has hardly used a processor for a second, or
/// after the longest wait.
/// </summary>
/// <remarks>
/// A second alone would not do. A child in this process that starts, or whose handler runs, may take longer than that
/// on a busy machine, and then the clock would move on to the time-outs of the child.
/// </remarks>
/// <param name="longest">The longest wait, in real time.</param>
internal sealed class ChildPatience(TimeSpan longest)
{
    /// <summary>The pause between two looks at the child, long enough for the looks themselves to use little.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Idle = Window / 10;

    // The waiting thread.
    private readonly long _started = TimeProvider.System.GetTimestamp();
    private long _windowStarted = TimeProvider.System.GetTimestamp();
    private TimeSpan _used = Environment.CpuUsage.TotalTime;

    public bool IsOver()
    {
        if (TimeProvider.System.GetElapsedTime(_windowStarted) < Window)
        {
            return false;
        }

        TimeSpan used = Environment.CpuUsage.TotalTime;
        bool standsStill = used - _used < Idle;
        _used = used;
        _windowStarted = TimeProvider.System.GetTimestamp();
        return standsStill || TimeProvider.System.GetElapsedTime(_started) > longest;
    }
}
