namespace EventDrivenActors.EventLoop;

/// <summary>A shutdown under way; all callers share it.</summary>
internal sealed class ShutdownOperation(ShutdownMode mode, long endedBefore, long deadline)
{
    private readonly TaskCompletionSource<ShutdownReport> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ShutdownMode Mode { get; set; } = mode;

    public long EndedBefore => endedBefore;

    /// <summary>The time stamp at which the mode becomes stricter.</summary>
    public long Deadline { get; set; } = deadline;

    public long Cancelled { get; set; }

    public long Abandoned { get; set; }

    public bool RunEnded { get; set; }

    public ITimer? Timer { get; set; }

    public Task<ShutdownReport> Report => _source.Task;

    public void Complete(ShutdownReport report)
    {
        Timer?.Dispose();
        _source.TrySetResult(report);
    }
}
