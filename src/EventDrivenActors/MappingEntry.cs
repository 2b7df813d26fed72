namespace EventDrivenActors;

/// <summary>One delegate of a mapping.</summary>
public sealed record MappingEntry
{
    internal MappingEntry(MappingSlot slot, object? key, Delegate handler)
    {
        Slot = slot;
        Key = key;
        Handler = handler;
        Invoke = HandlerBinder.Bind(handler);
    }

    /// <summary>What it is for.</summary>
    public MappingSlot Slot { get; }

    /// <summary>The event's key; <see langword="null"/> unless <see cref="Slot"/> is <see cref="MappingSlot.Handler"/>.</summary>
    public object? Key { get; }

    /// <summary>The delegate as it was mapped.</summary>
    public Delegate Handler { get; }

    internal Func<Session, ValueTask<object?>> Invoke { get; }

    internal string Name => HandlerBinder.NameOf(Handler);

    internal bool IsSame(MappingEntry other) =>
        Slot == other.Slot && Equals(Key, other.Key) && Handler.Equals(other.Handler);
}
