namespace EventDrivenActors.EventLoop;

/// <summary>A loop that takes events from a mailbox.</summary>
internal interface IEventConsumer
{
    /// <summary>Called by the thread that gave an idle consumer something to do; must not run it.</summary>
    void Wake();
}
