namespace EventDrivenActors;

/// <summary>What an <see cref="ControllerEvents.Error"/> event carries.</summary>
/// <param name="Event">The key of the event whose handler failed.</param>
/// <param name="Value">That event's value.</param>
/// <param name="Exception">What the handler threw, or what its process died of.</param>
public sealed record HandlerFailure(object Event, object? Value, Exception Exception);
