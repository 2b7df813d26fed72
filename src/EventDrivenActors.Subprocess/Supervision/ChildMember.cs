namespace EventDrivenActors.Subprocess.Supervision;

/// <summary>What the parent knows of one child. Pure. Not thread-safe.</summary>
internal sealed class ChildMember(TimeSpan killGrace)
{
    /// <summary>What it has been sent and has not ended; empty once it is dead, so that what it still says finds nothing.</summary>
    public HeldCalls Calls { get; } = new();

    /// <summary>How many remote objects live in it, those that are being made and removed included: recycling waits for them.</summary>
    public int Objects { get; set; }

    public ChildPause Pause { get; } = new();

    public KillLadder Ladder { get; } = new(killGrace);
}
