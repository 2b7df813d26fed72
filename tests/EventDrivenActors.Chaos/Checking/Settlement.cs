namespace EventDrivenActors.Chaos.Checking;

/// <summary>How an event's pending ended.</summary>
/// <param name="EventId">Whose.</param>
/// <param name="Status">As what.</param>
/// <param name="After">How long after it was taken.</param>
internal sealed record Settlement(long EventId, PendingStatus Status, TimeSpan After)
{
    /// <summary>Whether a completed one had the result that its handler gives.</summary>
    public bool ResultIsRight { get; init; } = true;

    /// <summary>Of a lost one: the child that had it.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Of a lost one: whether its handler had started.</summary>
    public bool? Started { get; init; }

    /// <summary>Of a poisoned one: how often it was delivered.</summary>
    public int? Attempts { get; init; }

    /// <summary>The exception in words.</summary>
    public string Reason { get; init; } = "";
}
