namespace EventDrivenActors;

/// <summary>The value of an event that a listener receives from another controller.</summary>
/// <param name="Source">The controller or pool that took the event.</param>
/// <param name="Key">The event's key.</param>
/// <param name="Value">The event's value.</param>
/// <param name="Args">The event's arguments.</param>
/// <param name="Context">The context that the event's handlers saw, all layers merged.</param>
/// <remarks>
/// It is published on the actor system's event stream, so a plain actor that subscribes to this type hears each
/// listened event.
/// </remarks>
public sealed record ForwardedEvent(
    IController Source,
    object Key,
    object? Value,
    IReadOnlyList<object?> Args,
    SessionContext Context
)
{
    /// <summary>How many controllers this event has been forwarded through, 1 for the first listener.</summary>
    public int Hops { get; init; } = 1;
}
