namespace EventDrivenActors.EventLoop.Mailbox;

/// <summary>A loop that takes events from a mailbox.</summary>
internal interface IEventConsumer
{
    /// <summary>
    /// Whether it is idle in its shared mailbox, or was called from there and has not come. Written under that
    /// mailbox's lock.
    /// </summary>
    bool Rests { get; set; }

    /// <summary>Called by the thread that gave an idle consumer something to do; must not run it.</summary>
    void Wake();
}
