namespace EventDrivenActors;

/// <summary>A key whose events carry a value of type <typeparamref name="TValue"/>.</summary>
/// <typeparam name="TValue">The type of the event's value.</typeparam>
/// <param name="name">The name that identifies the event; not empty.</param>
public sealed class EventKey<TValue>(string name) : EventKey(name);
