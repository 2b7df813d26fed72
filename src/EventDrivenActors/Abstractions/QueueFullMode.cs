namespace EventDrivenActors;

/// <summary>How a full queue treats a new event.</summary>
public enum QueueFullMode
{
    /// <summary><c>Dispatch</c> throws <see cref="QueueFullException"/>; <c>DispatchAsync</c> waits for room.</summary>
    Wait,

    /// <summary>The oldest queued event is cancelled to make room.</summary>
    DropOldest,

    /// <summary>The new event is cancelled.</summary>
    DropNewest,
}
