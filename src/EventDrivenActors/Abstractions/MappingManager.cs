using System.Collections;

namespace EventDrivenActors;

/// <summary>
/// The live table of a controller's handlers and hooks. It may change while the loop runs; each event sees one state of
/// it.
/// </summary>
/// <remarks>All members may be called by any thread; a change is atomic and holds from the next event on.</remarks>
public sealed class MappingManager : IEnumerable<MappingEntry>
{
    // Any thread; interlocked.
    private MappingSnapshot _snapshot;

    internal MappingManager(MappingSnapshot snapshot) => _snapshot = snapshot;

    internal MappingSnapshot Snapshot => Volatile.Read(ref _snapshot);

    /// <summary>Replaces the handlers of a key.</summary>
    /// <param name="key">The event's key.</param>
    /// <param name="handlers">The new handlers, in order; none removes the key.</param>
    public void Set(object key, params Delegate[] handlers) =>
        Update(blueprint =>
        {
            object bare = EventKey.Unwrap(key);
            blueprint.RemoveAll(entry => bare.Equals(entry.Key));
            foreach (Delegate handler in handlers)
            {
                blueprint.Append(bare, handler);
            }
        });

    /// <summary>Adds a handler after those that the key has.</summary>
    /// <param name="key">The event's key.</param>
    /// <param name="handler">The handler.</param>
    public void Add(object key, Delegate handler) => Update(blueprint => blueprint.Append(key, handler));

    /// <summary>Removes the handlers of a key.</summary>
    /// <param name="key">The event's key.</param>
    public void Remove(object key) => Set(key);

    /// <summary>Removes one handler of a key.</summary>
    /// <param name="key">The event's key.</param>
    /// <param name="handler">The handler, as it was mapped.</param>
    public void Remove(object key, Delegate handler) =>
        Update(blueprint =>
        {
            object bare = EventKey.Unwrap(key);
            blueprint.RemoveAll(entry => bare.Equals(entry.Key) && entry.Handler.Equals(handler));
        });

    /// <summary>Adds all that a blueprint holds.</summary>
    /// <param name="blueprint">The blueprint to copy from.</param>
    public void UpdateFrom(MappingBlueprint blueprint) => Update(own => own.Include(blueprint));

    /// <summary>Makes several changes at once: no event sees only a part of them.</summary>
    /// <param name="change">Changes a copy of the table; may be called again when another thread was faster.</param>
    public void Update(Action<MappingBlueprint> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        while (true)
        {
            MappingSnapshot before = Snapshot;
            MappingBlueprint copy = new(before);
            change(copy);
            if (ReferenceEquals(Interlocked.CompareExchange(ref _snapshot, copy.Snapshot(), before), before))
            {
                return;
            }
        }
    }

    /// <summary>The handlers of a key.</summary>
    /// <param name="key">The event's key.</param>
    /// <returns>Its handlers, in order; empty when it has none.</returns>
    public IReadOnlyList<Delegate> Get(object key)
    {
        object bare = EventKey.Unwrap(key);
        return [.. Snapshot.Entries.Where(entry => bare.Equals(entry.Key)).Select(entry => entry.Handler)];
    }

    /// <summary>Whether a key has handlers of its own.</summary>
    /// <param name="key">The event's key.</param>
    /// <returns>Whether there is at least one.</returns>
    public bool Contains(object key)
    {
        object bare = EventKey.Unwrap(key);
        foreach (MappingEntry entry in Snapshot.Entries)
        {
            if (bare.Equals(entry.Key))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Removes all handlers and hooks.</summary>
    public void Clear() => Update(blueprint => blueprint.RemoveAll(_ => true));

    /// <inheritdoc/>
    public IEnumerator<MappingEntry> GetEnumerator() => ((IEnumerable<MappingEntry>)Snapshot.Entries).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
