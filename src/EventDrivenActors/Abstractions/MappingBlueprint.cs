namespace EventDrivenActors;

/// <summary>A plan of handlers by event key, and of hooks; any number of controllers may be built from it.</summary>
/// <remarks>
/// <see cref="MappingBlueprintExtensions"/> has the methods that map handlers and hooks. Handlers of one key run in the
/// order in which they were mapped; the same delegate mapped twice to one key runs once. A controller copies the
/// blueprint when it is created, so later changes do not reach it (<see cref="MappingManager"/> does). Not thread-safe.
/// Parameters of a handler: a <see cref="Session"/> and a <see cref="CancellationToken"/> are filled in, the others are
/// bound to the event's arguments by position; a single other parameter takes the event's value when there are no
/// arguments.
/// </remarks>
public sealed class MappingBlueprint
{
    // One thread at a time: a blueprint is not thread-safe.
    private readonly List<MappingEntry> _entries = [];
    private MappingSnapshot? _snapshot;

    /// <summary>Creates an empty blueprint.</summary>
    public MappingBlueprint() { }

    internal MappingBlueprint(MappingSnapshot snapshot) => _entries.AddRange(snapshot.Entries);

    /// <summary>Everything that was mapped, in order.</summary>
    public IReadOnlyList<MappingEntry> Entries => _entries;

    /// <summary>Adds all that another blueprint holds now; neither is changed by later changes of the other.</summary>
    /// <param name="other">The blueprint to copy from.</param>
    /// <returns>This blueprint.</returns>
    public MappingBlueprint Include(MappingBlueprint other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (MappingEntry entry in other._entries.ToArray())
        {
            Append(entry);
        }

        return this;
    }

    internal MappingSnapshot Snapshot() => _snapshot ??= new MappingSnapshot([.. _entries]);

    internal void RemoveAll(Predicate<MappingEntry> match)
    {
        _entries.RemoveAll(match);
        _snapshot = null;
    }

    /// <summary>Appends a handler of a key; the keys of hooks stand for their slots.</summary>
    internal MappingBlueprint Append(object key, Delegate handler)
    {
        object bare = EventKey.Unwrap(key);
        MappingSlot slot = bare switch
        {
            string name when name == ControllerEvents.Before.Name => MappingSlot.Before,
            string name when name == ControllerEvents.After.Name => MappingSlot.After,
            string name when name == ControllerEvents.Otherwise.Name => MappingSlot.Otherwise,
            _ => MappingSlot.Handler,
        };
        return Append(new MappingEntry(slot, slot == MappingSlot.Handler ? bare : null, handler));
    }

    /// <summary>Appends a hook, or a handler of all events that have none.</summary>
    internal MappingBlueprint Append(MappingSlot slot, Delegate hook) => Append(new MappingEntry(slot, null, hook));

    private MappingBlueprint Append(MappingEntry entry)
    {
        if (!_entries.Exists(entry.IsSame))
        {
            _entries.Add(entry);
            _snapshot = null;
        }

        return this;
    }
}
