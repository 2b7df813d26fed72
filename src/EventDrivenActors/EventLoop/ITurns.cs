using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors.EventLoop;

/// <summary>
/// Decides which thread gives a loop its next turn. A mailbox calls it when the idle loop has something to do.
/// </summary>
internal interface ITurns : IEventConsumer
{
    /// <summary>Asks for a turn soon, but not on the calling thread. Any thread.</summary>
    void Request();
}
