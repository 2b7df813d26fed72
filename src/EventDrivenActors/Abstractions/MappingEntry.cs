namespace EventDrivenActors;

/// <summary>One delegate of a mapping.</summary>
public sealed record MappingEntry
{
    internal MappingEntry(MappingSlot slot, object? key, Delegate handler)
    {
        HandlerRules.Require(handler);
        Slot = slot;
        Key = key;
        Handler = handler;
    }

    /// <summary>The role of the delegate.</summary>
    public MappingSlot Slot { get; }

    /// <summary>
    /// The event's key; <see langword="null"/> unless <see cref="Slot"/> is <see cref="MappingSlot.Handler"/>.
    /// </summary>
    public object? Key { get; }

    /// <summary>The delegate as it was mapped.</summary>
    public Delegate Handler { get; }

    /// <summary>
    /// The form that a higher room compiled from the delegate. Two threads may make it at once; either will do.
    /// </summary>
    internal object? Compiled { get; set; }

    internal bool IsSame(MappingEntry other) =>
        Slot == other.Slot && Equals(Key, other.Key) && Handler.Equals(other.Handler);
}
