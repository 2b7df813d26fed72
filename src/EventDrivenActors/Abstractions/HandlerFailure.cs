namespace EventDrivenActors;

/// <summary>The value of a <see cref="ControllerEvents.Error"/> event.</summary>
/// <param name="Event">The key of the event whose handler failed.</param>
/// <param name="Value">That event's value.</param>
/// <param name="Exception">The exception that the handler threw, or that describes how its process died.</param>
public sealed record HandlerFailure(object Event, object? Value, Exception Exception);
