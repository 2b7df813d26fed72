namespace EventDrivenActors.EventLoop;

/// <summary>How many events have ended, by what became of them.</summary>
internal readonly record struct EventCounts(long Completed, long Failed, long Cancelled)
{
    public static EventCounts operator +(EventCounts a, EventCounts b) =>
        new(a.Completed + b.Completed, a.Failed + b.Failed, a.Cancelled + b.Cancelled);

    public static EventCounts operator -(EventCounts a, EventCounts b) =>
        new(a.Completed - b.Completed, a.Failed - b.Failed, a.Cancelled - b.Cancelled);

    public ShutdownReport Report(long abandoned = 0) => new(Completed, Cancelled, abandoned) { Failed = Failed };
}
