namespace EventDrivenActors.Pure.Tests.EventLoop;

/// <summary>How the loop of a scenario is made.</summary>
/// <param name="Hooked">Whether before and after hooks, an error handler and a shutdown handler are mapped.</param>
/// <param name="Filtered">Whether an inbound filter takes the deferred events, instead of their handler.</param>
/// <param name="Capacity">The capacity of the queue.</param>
/// <param name="FullMode">What a full queue does.</param>
internal sealed record LoopShape(
    bool Hooked,
    bool Filtered,
    int? Capacity = null,
    QueueFullMode FullMode = QueueFullMode.Wait
);
