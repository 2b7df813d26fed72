namespace EventDrivenActors.Subprocess.Supervision;

/// <summary>By which rules a roster keeps children.</summary>
/// <param name="Workers">How many handlers run at a time in a child.</param>
/// <param name="WarmSpare">Whether a second child is kept ready.</param>
/// <param name="KillGrace">How long a handler that has timed out may take to end by itself.</param>
/// <param name="Restart">How a dead child is replaced.</param>
/// <param name="Recycling">When a child that works is replaced.</param>
internal sealed record RosterRules(
    int Workers,
    bool WarmSpare,
    TimeSpan KillGrace,
    RestartOptions Restart,
    RecyclingOptions Recycling
);
