namespace EventDrivenActors.Mapping;

/// <summary>A mapping's snapshot made fast to look up: by reference first, then by equality.</summary>
internal sealed class MappingTable
{
    private const int ScannedKeys = 8;

    // Filled by the constructor; then any thread reads it.
    private readonly Dictionary<object, EventPlan> _plans = [];
    private readonly object[] _scannedKeys;
    private readonly EventPlan[] _scannedPlans;
    private readonly EventPlan _otherwise;

    private MappingTable(MappingSnapshot snapshot, MappingEntry[] entries)
    {
        Source = snapshot;
        MappingEntry[] before = In(MappingSlot.Before);
        MappingEntry[] after = In(MappingSlot.After);
        foreach (IGrouping<object, MappingEntry> group in In(MappingSlot.Handler).GroupBy(entry => entry.Key!))
        {
            bool hooked =
                !group.Key.Equals(ControllerEvents.Error.Name) && !group.Key.Equals(ControllerEvents.Shutdown.Name);
            _plans.Add(group.Key, new EventPlan(hooked ? before : [], [.. group], hooked ? after : []));
        }

        _otherwise = new EventPlan(before, In(MappingSlot.Otherwise), after);
        _plans.TryAdd(ControllerEvents.Submit.Name, new EventPlan(before, [SubmissionEntry.Instance], after));
        _scannedKeys = [.. _plans.Keys.Take(ScannedKeys)];
        _scannedPlans = [.. _scannedKeys.Select(key => _plans[key])];
        Error = _plans.GetValueOrDefault(ControllerEvents.Error.Name);
        Shutdown = _plans.GetValueOrDefault(ControllerEvents.Shutdown.Name);

        MappingEntry[] In(MappingSlot slot) => Array.FindAll(entries, entry => entry.Slot == slot);
    }

    public MappingSnapshot Source { get; }

    public EventPlan? Error { get; }

    public EventPlan? Shutdown { get; }

    /// <summary>The table of a snapshot, made once, or one of its own for a worker whose adapters add to it.</summary>
    public static MappingTable For(MappingSnapshot snapshot, MappingSnapshot? added) =>
        added is null
            ? snapshot.Compiled(static s => new MappingTable(s, s.Entries))
            : new MappingTable(snapshot, [.. snapshot.Entries, .. added.Entries]);

    public EventPlan Find(object key)
    {
        object[] keys = _scannedKeys;
        for (int i = 0; i < keys.Length; i++)
        {
            if (ReferenceEquals(keys[i], key))
            {
                return _scannedPlans[i];
            }
        }

        return _plans.TryGetValue(key, out EventPlan? plan) ? plan : _otherwise;
    }
}
