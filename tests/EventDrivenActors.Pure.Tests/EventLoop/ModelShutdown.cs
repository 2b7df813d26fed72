namespace EventDrivenActors.Pure.Tests.EventLoop;

/// <summary>The model's shutdown under way.</summary>
internal sealed class ModelShutdown(ShutdownMode mode, TimeSpan deadline)
{
    public ShutdownMode Mode { get; set; } = mode;

    public TimeSpan Deadline { get; set; } = deadline;

    public TimeSpan? TimerAt { get; set; }

    /// <summary>Whether the shutdown handlers have still to run.</summary>
    public bool Announce { get; set; }

    /// <summary>Whether a shutdown handler vetoes it.</summary>
    public bool Vetoes { get; init; }

    public bool Completed { get; set; }

    public bool Vetoed { get; set; }
}
