namespace EventDrivenActors.Wire.Calls;

/// <summary>A message whose reading may run user code: a hash code, an equality, a comparison.</summary>
internal sealed class Reading
{
    /// <summary>How long it may take.</summary>
    public required TimeSpan Limit { get; init; }

    /// <summary>Reads it, and says what to do with it; never throws.</summary>
    public required Func<Action> Read { get; init; }

    /// <summary>Called instead of that when it has taken too long; never throws.</summary>
    public required Action GivenUp { get; init; }

    /// <summary>Called when the reading ends after it was given up.</summary>
    public Action? Ended { get; init; }

    /// <summary>The thread that reads it.</summary>
    public int Thread { get; set; }
}
