namespace EventDrivenActors.Chaos.Checking;

/// <summary>An event that a controller took.</summary>
/// <param name="Id">Its number, of which there is one in a history.</param>
/// <param name="Controller">Who took it.</param>
/// <param name="Deed">What its handler does.</param>
internal sealed record AcceptedEvent(long Id, string Controller, Deed Deed)
{
    /// <summary>Whether it may be delivered again.</summary>
    public bool Idempotent { get; init; }

    /// <summary>How often it may be delivered.</summary>
    public int MaxAttempts { get; init; } = 1;

    /// <summary>Whether its handler's time is limited.</summary>
    public bool HasTimeout { get; init; }

    /// <summary>Whether a handler that ignores its time-out costs the child its life.</summary>
    public bool KillOnTimeout { get; init; }

    /// <summary>
    /// Where its controller has one worker and its dispatcher is one thread: its place in their order.
    /// </summary>
    public long? Place { get; init; }

    /// <summary>When it was taken.</summary>
    public TimeSpan At { get; init; }

    /// <summary>Whether the child that runs it may be expected to die of it.</summary>
    public bool IsLethal => Deed is Deed.Crash or Deed.Poison || (Deed == Deed.Ignore && HasTimeout && KillOnTimeout);
}
