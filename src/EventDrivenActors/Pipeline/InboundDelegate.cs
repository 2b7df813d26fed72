namespace EventDrivenActors;

/// <summary>The rest of the handling of an event: the next inbound filter, or the hooks and handlers.</summary>
/// <param name="session">The event's session.</param>
/// <returns>Completes when the handling has ended.</returns>
public delegate ValueTask InboundDelegate(Session session);
