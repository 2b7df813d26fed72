namespace EventDrivenActors.EventLoop;

/// <summary>Flags that the draining thread looks at before each event; 0 on the hot path.</summary>
internal static class LoopControl
{
    public const int Suspended = 1;

    /// <summary>The run has not begun, or has ended.</summary>
    public const int NotRunning = 2;

    /// <summary>A new worker of a pool that still has too many handlers running.</summary>
    public const int Held = 4;

    /// <summary>Adapters that are to be ready for the first event have not said so yet.</summary>
    public const int Starting = 8;
}
