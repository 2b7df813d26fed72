namespace EventDrivenActors.EventLoop.Mailbox;

/// <summary>The answer of a mailbox to which an event was offered.</summary>
internal enum AddResult
{
    Added,
    Closed,
    Full,

    /// <summary>The full mailbox dropped it; its pending is cancelled.</summary>
    Dropped,
}
