namespace EventDrivenActors.EventLoop.Mailbox;

/// <summary>What became of an event that was offered to a mailbox.</summary>
internal enum AddResult
{
    Added,
    Closed,
    Full,

    /// <summary>The full mailbox dropped it; its pending is cancelled.</summary>
    Dropped,
}
