namespace EventDrivenActors.Waits;

/// <summary>Begins waits in the name of the event that the calling code belongs to.</summary>
internal static class FlowWait
{
    /// <summary>
    /// A wait of the event that the calling code belongs to; <see langword="null"/> outside of events.
    /// </summary>
    public static HandlerWait? Of(INeed wanted) =>
        EventFlow.Current(out int version) is { } handled ? new HandlerWait(handled, version, wanted) : null;

    /// <summary>Awaits a task, which the calling code's event may only do if it can end before the event.</summary>
    /// <exception cref="SelfAwaitException">It can only end after the event.</exception>
    public static Task GuardAsync(
        Func<INeed> wanted,
        Func<CancellationToken, Task> begin,
        CancellationToken cancellationToken
    ) =>
        EventFlow.Current(out int version) is { } handled
            ? new HandlerWait(handled, version, wanted()).GuardAsync(begin, cancellationToken)
            : begin(cancellationToken);
}
