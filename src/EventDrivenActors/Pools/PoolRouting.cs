namespace EventDrivenActors;

/// <summary>How a pool gives events to its workers.</summary>
public enum PoolRouting
{
    /// <summary>One queue: the idle workers are served in turn, and an event waits while none is idle.</summary>
    RoundRobin,

    /// <summary>Each worker in turn, idle or not; each has a queue of its own.</summary>
    PlainRoundRobin,

    /// <summary>The worker with the fewest events queued and running.</summary>
    SmallestMailbox,

    /// <summary>
    /// Events of one key go to one worker, so they run in order. See <see cref="PoolOptions.HashKey"/>.
    /// </summary>
    ConsistentHash,

    /// <summary>
    /// Every worker gets every event; the results of all are in the event's pending, in the order of the workers.
    /// </summary>
    Broadcast,
}
