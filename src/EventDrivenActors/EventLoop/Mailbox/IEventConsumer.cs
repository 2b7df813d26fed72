namespace EventDrivenActors.EventLoop.Mailbox;

/// <summary>A loop that takes events from a mailbox.</summary>
internal interface IEventConsumer
{
    /// <summary>
    /// Whether its shared mailbox lists it as idle, or has woken it and it has not come. Written under that mailbox's
    /// lock.
    /// </summary>
    bool IsEnlisted { get; set; }

    /// <summary>Called by the thread that gave an idle consumer something to do; must not run it.</summary>
    void Wake();
}
