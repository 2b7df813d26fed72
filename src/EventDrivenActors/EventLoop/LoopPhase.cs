namespace EventDrivenActors.EventLoop;

/// <summary>Where the draining thread is; written by it alone.</summary>
internal static class LoopPhase
{
    /// <summary>No drain is at work, or it is about to leave.</summary>
    public const int Inactive = 0;

    /// <summary>Between two events: it will look at the control flags before it starts one.</summary>
    public const int Starting = 1;

    /// <summary>A handler runs.</summary>
    public const int Handling = 2;
}
