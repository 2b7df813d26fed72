namespace EventDrivenActors;

/// <summary>
/// A key whose events carry a <typeparamref name="TValue"/> and whose handler returns a <typeparamref name="TResult"/>.
/// </summary>
/// <typeparam name="TValue">The type of the event's value.</typeparam>
/// <typeparam name="TResult">The type of the first handler's result.</typeparam>
/// <param name="name">The name that identifies the event; not empty.</param>
public sealed class EventKey<TValue, TResult>(string name) : EventKey(name);
