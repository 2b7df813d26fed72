using System.Runtime.CompilerServices;

namespace EventDrivenActors;

/// <summary>A plan of handlers by event key, and of hooks; any number of controllers may be built from it.</summary>
/// <remarks>
/// Handlers of one key run in the order in which they were mapped; the same delegate mapped twice to one key runs once.
/// A controller copies the blueprint when it is created, so later changes do not reach it (<see cref="MappingManager"/>
/// does). Not thread-safe. Parameters of a handler: a <see cref="Session"/> and a <see cref="CancellationToken"/> are
/// filled in, the others are bound to the event's arguments by position; a single other parameter takes the event's
/// value when there are no arguments.
/// </remarks>
public sealed class MappingBlueprint
{
    private readonly List<MappingEntry> _entries = [];
    private MappingSnapshot? _snapshot;

    /// <summary>Creates an empty blueprint.</summary>
    public MappingBlueprint() { }

    internal MappingBlueprint(MappingSnapshot snapshot) => _entries.AddRange(snapshot.Entries);

    /// <summary>Everything that was mapped, in order.</summary>
    public IReadOnlyList<MappingEntry> Entries => _entries;

    /// <summary>Maps a handler of any signature.</summary>
    /// <param name="key">The event's key: any value with equality, or a typed key.</param>
    /// <param name="handler">The handler; may return nothing, a value, or anything that can be awaited, whose value is
    /// then the result.</param>
    /// <returns>This blueprint.</returns>
    /// <exception cref="ArgumentException">The handler has parameters that no event can fill.</exception>
    [OverloadResolutionPriority(-1)]
    public MappingBlueprint On(object key, Delegate handler)
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

    /// <inheritdoc cref="On(object, Delegate)"/>
    public MappingBlueprint On(object key, Action<Session> handler) => On(key, (Delegate)handler);

    /// <inheritdoc cref="On(object, Delegate)"/>
    public MappingBlueprint On(object key, Func<Session, Task> handler) => On(key, (Delegate)handler);

    /// <inheritdoc cref="On(object, Delegate)"/>
    /// <typeparam name="TResult">The type of the handler's result.</typeparam>
    public MappingBlueprint On<TResult>(object key, Func<Session, TResult> handler) => On(key, (Delegate)handler);

    /// <inheritdoc cref="On(object, Delegate)"/>
    /// <typeparam name="TResult">The type of the handler's result.</typeparam>
    public MappingBlueprint On<TResult>(object key, Func<Session, Task<TResult>> handler) => On(key, (Delegate)handler);

    /// <summary>Maps a handler of a typed event.</summary>
    /// <typeparam name="TValue">The type of the event's value.</typeparam>
    /// <param name="key">The event's key.</param>
    /// <param name="handler">The handler, which gets the event's value.</param>
    /// <returns>This blueprint.</returns>
    public MappingBlueprint On<TValue>(EventKey<TValue> key, Action<Session, TValue> handler) =>
        On((object)key, (Delegate)handler);

    /// <inheritdoc cref="On{TValue}(EventKey{TValue}, Action{Session, TValue})"/>
    public MappingBlueprint On<TValue>(EventKey<TValue> key, Func<Session, TValue, Task> handler) =>
        On((object)key, (Delegate)handler);

    /// <inheritdoc cref="On{TValue}(EventKey{TValue}, Action{Session, TValue})"/>
    /// <typeparam name="TValue">The type of the event's value.</typeparam>
    /// <typeparam name="TResult">The type of the handler's result.</typeparam>
    public MappingBlueprint On<TValue, TResult>(EventKey<TValue> key, Func<Session, TValue, TResult> handler) =>
        On((object)key, (Delegate)handler);

    /// <inheritdoc cref="On{TValue}(EventKey{TValue}, Action{Session, TValue})"/>
    public MappingBlueprint On<TValue, TResult>(
        EventKey<TValue, TResult> key,
        Func<Session, TValue, TResult> handler
    ) => On((object)key, (Delegate)handler);

    /// <inheritdoc cref="On{TValue}(EventKey{TValue}, Action{Session, TValue})"/>
    public MappingBlueprint On<TValue, TResult>(
        EventKey<TValue, TResult> key,
        Func<Session, TValue, Task<TResult>> handler
    ) => On((object)key, (Delegate)handler);

    /// <summary>
    /// Adds a hook that runs before the handlers of each event; <see cref="Session.Skip"/> in it leaves the event out.
    /// </summary>
    /// <param name="hook">The hook.</param>
    /// <returns>This blueprint.</returns>
    /// <remarks>
    /// Hooks run around every event except <see cref="ControllerEvents.Error"/> and
    /// <see cref="ControllerEvents.Shutdown"/>.
    /// </remarks>
    public MappingBlueprint Before(Action<Session> hook) => Append(new MappingEntry(MappingSlot.Before, null, hook));

    /// <inheritdoc cref="Before(Action{Session})"/>
    [OverloadResolutionPriority(1)]
    public MappingBlueprint Before(Func<Session, Task> hook) =>
        Append(new MappingEntry(MappingSlot.Before, null, hook));

    /// <inheritdoc cref="Before(Action{Session})"/>
    /// <typeparam name="TResult">What it returns: something that is awaited, or a value that nobody sees.</typeparam>
    public MappingBlueprint Before<TResult>(Func<Session, TResult> hook) =>
        Append(new MappingEntry(MappingSlot.Before, null, hook));

    /// <summary>
    /// Adds a hook that runs after the handlers of each event and sees <see cref="Session.Returns"/>.
    /// </summary>
    /// <param name="hook">The hook. When it throws, the results stand and <see cref="ControllerEvents.Error"/> is
    /// raised.</param>
    /// <returns>This blueprint.</returns>
    public MappingBlueprint After(Action<Session> hook) => Append(new MappingEntry(MappingSlot.After, null, hook));

    /// <inheritdoc cref="After(Action{Session})"/>
    [OverloadResolutionPriority(1)]
    public MappingBlueprint After(Func<Session, Task> hook) => Append(new MappingEntry(MappingSlot.After, null, hook));

    /// <inheritdoc cref="After(Action{Session})"/>
    /// <typeparam name="TResult">What it returns: something that is awaited, or a value that nobody sees.</typeparam>
    public MappingBlueprint After<TResult>(Func<Session, TResult> hook) =>
        Append(new MappingEntry(MappingSlot.After, null, hook));

    /// <summary>Adds a handler for all events that have none.</summary>
    /// <param name="handler">The handler; it sees the event's true key.</param>
    /// <returns>This blueprint.</returns>
    public MappingBlueprint Otherwise(Action<Session> handler) =>
        Append(new MappingEntry(MappingSlot.Otherwise, null, handler));

    /// <inheritdoc cref="Otherwise(Action{Session})"/>
    /// <typeparam name="TResult">The type of the handler's result.</typeparam>
    public MappingBlueprint Otherwise<TResult>(Func<Session, TResult> handler) =>
        Append(new MappingEntry(MappingSlot.Otherwise, null, handler));

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
