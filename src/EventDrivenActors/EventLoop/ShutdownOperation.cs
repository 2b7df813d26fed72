namespace EventDrivenActors.EventLoop;

/// <summary>A shutdown under way; all callers share it.</summary>
internal sealed class ShutdownOperation(ShutdownMode mode, EventCounts before, long deadline)
{
    private readonly TaskCompletionSource<ShutdownReport> _source = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    public ShutdownMode Mode { get; private set; } = mode;

    /// <summary>
    /// Whether the shutdown handlers have still to run. A suspended loop runs them only when it drains.
    /// </summary>
    public bool Announce { get; set; }

    /// <summary>
    /// Whether no handler can veto it: the pool has decided for its worker, or something else than a shutdown ends the
    /// run.
    /// </summary>
    public bool IsFinal { get; set; }

    /// <summary>The counts of ended events when it began.</summary>
    public EventCounts Before => before;

    /// <summary>The time stamp at which the mode becomes stricter.</summary>
    public long Deadline { get; set; } = deadline;

    /// <summary>
    /// The outcome of the events that it leaves unstarted: cancelled, unless something else has ended the run.
    /// </summary>
    public EventOutcome Outcome { get; set; } = EventOutcome.Cancelled;

    public long Abandoned { get; set; }

    /// <summary>Whether the run ends without its running handlers.</summary>
    public bool LeavesStuck { get; set; }

    public bool RunEnded { get; set; }

    public DueTimer? Timer { get; set; }

    public Task<ShutdownReport> Report => _source.Task;

    /// <summary>Makes it stricter.</summary>
    /// <returns>Whether the mode is stricter than before.</returns>
    public bool Tighten(ShutdownMode mode)
    {
        bool stricter = mode > Mode;
        Mode = stricter ? mode : Mode;
        return stricter;
    }

    public void Complete(ShutdownReport report)
    {
        Timer?.Dispose();
        _source.TrySetResult(report);
    }
}
