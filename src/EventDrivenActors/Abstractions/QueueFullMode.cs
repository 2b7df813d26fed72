namespace EventDrivenActors;

/// <summary>What happens to an event that meets a full queue.</summary>
public enum QueueFullMode
{
    /// <summary><c>Dispatch</c> throws <see cref="QueueFullException"/>; <c>DispatchAsync</c> waits for room.</summary>
    Wait,

    /// <summary>The oldest queued event is cancelled to make room.</summary>
    DropOldest,

    /// <summary>The new event is cancelled.</summary>
    DropNewest,
}
