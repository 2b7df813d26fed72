using EventDrivenActors.Waits;

namespace EventDrivenActors;

/// <summary>The controller that accepted an event, and then the one that runs it, as the event sees them.</summary>
/// <typeparam name="TPending">The event.</typeparam>
internal interface IEventOwner<TPending> : IEventOwner
{
    /// <summary>Cancels the running handler of this event, if it is still the one that runs.</summary>
    void CancelRunning(TPending pending);

    /// <summary>Cancels an event that was taken and has certainly not started.</summary>
    bool Withdraw(TPending pending);

    /// <summary>
    /// An event is being settled that has not been taken: its place in the queue is free, and it counts as ended.
    /// </summary>
    /// <returns>The work to do after the event has settled, if there is any.</returns>
    Action? LeftQueue(TPending pending, PendingStatus status);

    /// <summary>
    /// What must come about before this event can go on; <see langword="null"/> when nothing is known to hold it up.
    /// </summary>
    INeed? NeedOf(TPending pending);

    /// <summary>Stands for a result where the caller has asked for a type that can be awaited.</summary>
    /// <returns>Whether there is such a value.</returns>
    bool TryWrap(TPending of, Type asked, object? result, out object? wrapped);
}
