namespace EventDrivenActors.Wire.Payloads;

/// <summary>The part of an event that crosses the process line.</summary>
/// <param name="Key">A plain value, a string or a member of an enumeration; null for a submitted function, which is
/// known by its token.</param>
/// <param name="Value">The event's value.</param>
/// <param name="Args">Its further arguments, in order.</param>
/// <param name="Context">The entries of its context.</param>
internal readonly record struct EventPayload(
    object? Key,
    object? Value,
    IReadOnlyList<object?> Args,
    IReadOnlyList<KeyValuePair<string, object?>> Context
);
