namespace EventDrivenActors;

/// <summary>An event as a plain message: <c>controller.Ref.Tell(new ControllerEvent("key", value))</c>.</summary>
/// <param name="Key">The event's key.</param>
/// <param name="Value">Its value.</param>
/// <param name="Args">Its arguments, or <see langword="null"/> for none.</param>
/// <param name="Context">Its context, or <see langword="null"/> for none.</param>
/// <remarks>
/// It joins the same queue as dispatched events. The sender, if there is one, gets the list of results
/// (<see cref="IReadOnlyList{T}"/> of objects), or an <c>Akka.Actor.Status.Failure</c>.
/// </remarks>
public sealed record ControllerEvent(
    object Key,
    object? Value = null,
    IReadOnlyList<object?>? Args = null,
    SessionContext? Context = null
);
