using EventDrivenActors.Wire.Calls;

namespace EventDrivenActors.Subprocess.Supervision;

/// <summary>The parent's record of one child. Pure. Not thread-safe.</summary>
internal sealed class ChildMember(TimeSpan killGrace)
{
    /// <summary>
    /// The calls that it has been sent and that have not ended; empty once it is gone, so that late messages of it find
    /// nothing.
    /// </summary>
    public HeldCalls Calls { get; } = new();

    /// <summary>
    /// How many remote objects live in it, those that are being made and removed included; while there are any it is
    /// not replaced as planned.
    /// </summary>
    public int Objects { get; set; }

    public ChildPause Pause { get; } = new();

    public KillLadder Ladder { get; } = new(killGrace);

    public ChildRole Role { get; set; } = ChildRole.Starting;

    /// <summary>Whether it is set up, and neither leaves nor dies.</summary>
    public bool IsUp => Role is ChildRole.Spare or ChildRole.Active or ChildRole.Retiring;

    /// <summary>When it became ready.</summary>
    public TimeSpan? ReadySince { get; set; }

    /// <summary>When it became the one that takes events.</summary>
    public TimeSpan ActiveSince { get; set; }

    /// <summary>Why it was killed or replaced; null while neither was decided.</summary>
    public ExitReason? Reason { get; set; }

    /// <summary>Whether another one had taken its place before it died.</summary>
    public bool HasSuccessor { get; set; }

    /// <summary>Its resident memory in bytes, when last measured.</summary>
    public long Memory { get; set; }

    /// <summary>Whether it gives no sign of life.</summary>
    public bool IsSilent { get; set; }
}
