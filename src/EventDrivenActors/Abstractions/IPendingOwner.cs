using EventDrivenActors.Waits;

namespace EventDrivenActors;

/// <summary>What a pending asks of the controller that accepted it.</summary>
internal interface IPendingOwner
{
    string Name { get; }

    /// <summary>The clock for waits for its events that have a time limit.</summary>
    TimeProvider TimeProvider { get; }

    /// <summary>Cancels the running handler of this event, if it is still the one that runs.</summary>
    void CancelRunning(Pending pending);

    /// <summary>Cancels an event that was taken and has certainly not started.</summary>
    bool Withdraw(Pending pending);

    /// <summary>
    /// An event is being settled that has not been taken: its place in the queue is free, and it counts as ended.
    /// </summary>
    /// <returns>What is to be done when it has been settled, if anything.</returns>
    Action? LeftQueue(Pending pending, PendingStatus status);

    /// <summary>Reports that user code other than a handler threw.</summary>
    void ReportBroken(Exception exception);

    /// <summary>
    /// What must come about before this event can go on; <see langword="null"/> when nothing is known to hold it up.
    /// </summary>
    INeed? NeedOf(Pending pending);

    /// <summary>Reports a failure that no handler of the error event and no awaiter has seen.</summary>
    void ReportUnobserved(object key, Exception exception);

    /// <summary>Whether it takes the events of this controller, or of this pool.</summary>
    bool IsOf(object controller) => false;

    /// <summary>Stands for a result where the caller has asked for a type that can be awaited.</summary>
    /// <returns>Whether there is such a value.</returns>
    bool TryWrap(Pending of, Type asked, object? result, out object? wrapped);
}
