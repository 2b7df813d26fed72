namespace EventDrivenActors;

/// <summary>The rest of a dispatch: the next outbound filter, or the controller's queue.</summary>
/// <param name="outbound">The event to send on.</param>
/// <returns>Its pending.</returns>
public delegate Pending OutboundDelegate(OutboundEvent outbound);
