namespace EventDrivenActors;

/// <summary>Where an event is on its way. All from <see cref="Completed"/> on are final.</summary>
public enum PendingStatus
{
    /// <summary>Accepted, not yet taken by a loop.</summary>
    Queued,

    /// <summary>Taken: its handlers run, or it is in flight to a child process.</summary>
    Running,

    /// <summary>All handlers ended; there is one result for each.</summary>
    Completed,

    /// <summary>A before hook or a filter left it out; no handler ran.</summary>
    Skipped,

    /// <summary>A handler or a before hook threw.</summary>
    Faulted,

    /// <summary>It was cancelled, dropped from a full queue, cleaned, or queued when its controller finished.</summary>
    Cancelled,

    /// <summary>Its handlers took longer than allowed.</summary>
    TimedOut,

    /// <summary>The child process that had it died.</summary>
    ChildLost,

    /// <summary>It was redelivered as often as allowed and never ended.</summary>
    Poisoned,

    /// <summary>Its controller closed before it could run.</summary>
    Closed,
}
