using System.Runtime.CompilerServices;

namespace EventDrivenActors;

/// <summary>Maps handlers and hooks into a <see cref="MappingBlueprint"/>.</summary>
public static class MappingBlueprintExtensions
{
    /// <summary>Maps a handler of any signature.</summary>
    /// <param name="blueprint">The blueprint to add to.</param>
    /// <param name="key">The event's key: any value with equality, or a typed key.</param>
    /// <param name="handler">The handler; may return nothing, a value, or anything that can be awaited, whose value is
    /// then the result.</param>
    /// <returns>The same blueprint.</returns>
    /// <exception cref="ArgumentException">The handler has parameters that no event can fill.</exception>
    [OverloadResolutionPriority(-1)]
    public static MappingBlueprint On(this MappingBlueprint blueprint, object key, Delegate handler) =>
        blueprint.Append(key, handler);

    /// <inheritdoc cref="On(MappingBlueprint, object, Delegate)"/>
    public static MappingBlueprint On(this MappingBlueprint blueprint, object key, Action<Session> handler) =>
        blueprint.Append(key, handler);

    /// <inheritdoc cref="On(MappingBlueprint, object, Delegate)"/>
    public static MappingBlueprint On(this MappingBlueprint blueprint, object key, Func<Session, Task> handler) =>
        blueprint.Append(key, handler);

    /// <inheritdoc cref="On(MappingBlueprint, object, Delegate)"/>
    /// <typeparam name="TResult">The type of the handler's result.</typeparam>
    public static MappingBlueprint On<TResult>(
        this MappingBlueprint blueprint,
        object key,
        Func<Session, TResult> handler
    ) => blueprint.Append(key, handler);

    /// <inheritdoc cref="On(MappingBlueprint, object, Delegate)"/>
    /// <typeparam name="TResult">The type of the handler's result.</typeparam>
    public static MappingBlueprint On<TResult>(
        this MappingBlueprint blueprint,
        object key,
        Func<Session, Task<TResult>> handler
    ) => blueprint.Append(key, handler);

    /// <summary>Maps a handler of a typed event.</summary>
    /// <typeparam name="TValue">The type of the event's value.</typeparam>
    /// <param name="blueprint">The blueprint to add to.</param>
    /// <param name="key">The event's key.</param>
    /// <param name="handler">The handler, which gets the event's value.</param>
    /// <returns>The same blueprint.</returns>
    public static MappingBlueprint On<TValue>(
        this MappingBlueprint blueprint,
        EventKey<TValue> key,
        Action<Session, TValue> handler
    ) => blueprint.Append(key, handler);

    /// <inheritdoc cref="On{TValue}(MappingBlueprint, EventKey{TValue}, Action{Session, TValue})"/>
    public static MappingBlueprint On<TValue>(
        this MappingBlueprint blueprint,
        EventKey<TValue> key,
        Func<Session, TValue, Task> handler
    ) => blueprint.Append(key, handler);

    /// <inheritdoc cref="On{TValue}(MappingBlueprint, EventKey{TValue}, Action{Session, TValue})"/>
    /// <typeparam name="TValue">The type of the event's value.</typeparam>
    /// <typeparam name="TResult">The type of the handler's result.</typeparam>
    public static MappingBlueprint On<TValue, TResult>(
        this MappingBlueprint blueprint,
        EventKey<TValue> key,
        Func<Session, TValue, TResult> handler
    ) => blueprint.Append(key, handler);

    /// <inheritdoc cref="On{TValue}(MappingBlueprint, EventKey{TValue}, Action{Session, TValue})"/>
    public static MappingBlueprint On<TValue, TResult>(
        this MappingBlueprint blueprint,
        EventKey<TValue, TResult> key,
        Func<Session, TValue, TResult> handler
    ) => blueprint.Append(key, handler);

    /// <inheritdoc cref="On{TValue}(MappingBlueprint, EventKey{TValue}, Action{Session, TValue})"/>
    public static MappingBlueprint On<TValue, TResult>(
        this MappingBlueprint blueprint,
        EventKey<TValue, TResult> key,
        Func<Session, TValue, Task<TResult>> handler
    ) => blueprint.Append(key, handler);

    /// <summary>
    /// Adds a hook that runs before the handlers of each event; <see cref="Session.Skip"/> in it leaves the event out.
    /// </summary>
    /// <param name="blueprint">The blueprint to add to.</param>
    /// <param name="hook">The hook.</param>
    /// <returns>The same blueprint.</returns>
    /// <remarks>
    /// Hooks run around every event except <see cref="ControllerEvents.Error"/> and
    /// <see cref="ControllerEvents.Shutdown"/>.
    /// </remarks>
    public static MappingBlueprint Before(this MappingBlueprint blueprint, Action<Session> hook) =>
        blueprint.Append(MappingSlot.Before, hook);

    /// <inheritdoc cref="Before(MappingBlueprint, Action{Session})"/>
    [OverloadResolutionPriority(1)]
    public static MappingBlueprint Before(this MappingBlueprint blueprint, Func<Session, Task> hook) =>
        blueprint.Append(MappingSlot.Before, hook);

    /// <inheritdoc cref="Before(MappingBlueprint, Action{Session})"/>
    /// <typeparam name="TResult">The type of its result. An awaitable is awaited; another value is ignored.</typeparam>
    public static MappingBlueprint Before<TResult>(this MappingBlueprint blueprint, Func<Session, TResult> hook) =>
        blueprint.Append(MappingSlot.Before, hook);

    /// <summary>
    /// Adds a hook that runs after the handlers of each event and sees <see cref="Session.Returns"/>.
    /// </summary>
    /// <param name="blueprint">The blueprint to add to.</param>
    /// <param name="hook">The hook. When it throws, the results stand and <see cref="ControllerEvents.Error"/> is
    /// raised.</param>
    /// <returns>The same blueprint.</returns>
    public static MappingBlueprint After(this MappingBlueprint blueprint, Action<Session> hook) =>
        blueprint.Append(MappingSlot.After, hook);

    /// <inheritdoc cref="After(MappingBlueprint, Action{Session})"/>
    [OverloadResolutionPriority(1)]
    public static MappingBlueprint After(this MappingBlueprint blueprint, Func<Session, Task> hook) =>
        blueprint.Append(MappingSlot.After, hook);

    /// <inheritdoc cref="After(MappingBlueprint, Action{Session})"/>
    /// <typeparam name="TResult">The type of its result. An awaitable is awaited; another value is ignored.</typeparam>
    public static MappingBlueprint After<TResult>(this MappingBlueprint blueprint, Func<Session, TResult> hook) =>
        blueprint.Append(MappingSlot.After, hook);

    /// <summary>Adds a handler for all events that have none.</summary>
    /// <param name="blueprint">The blueprint to add to.</param>
    /// <param name="handler">The handler; it sees the event's true key.</param>
    /// <returns>The same blueprint.</returns>
    public static MappingBlueprint Otherwise(this MappingBlueprint blueprint, Action<Session> handler) =>
        blueprint.Append(MappingSlot.Otherwise, handler);

    /// <inheritdoc cref="Otherwise(MappingBlueprint, Action{Session})"/>
    /// <typeparam name="TResult">The type of the handler's result.</typeparam>
    public static MappingBlueprint Otherwise<TResult>(
        this MappingBlueprint blueprint,
        Func<Session, TResult> handler
    ) => blueprint.Append(MappingSlot.Otherwise, handler);
}
