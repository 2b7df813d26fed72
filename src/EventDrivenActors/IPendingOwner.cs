namespace EventDrivenActors;

/// <summary>What a pending asks of the controller that accepted it.</summary>
internal interface IPendingOwner
{
    string Name { get; }

    /// <summary>The clock of those who wait for its events with a time limit.</summary>
    TimeProvider TimeProvider { get; }

    /// <summary>Cancels the running handler of this event, if it is still the one that runs.</summary>
    void CancelRunning(Pending pending);

    /// <summary>Cancels an event that was taken and has certainly not started.</summary>
    bool Withdraw(Pending pending);

    /// <summary>Reports that something of the user's beside the handlers threw.</summary>
    void ReportBroken(Exception exception);

    /// <summary>Whether a handler in this frame would wait for ever for this event.</summary>
    bool Blocks(SessionFrame frame, Pending pending);

    /// <summary>Reports a failure that no handler of the error event and no awaiter has seen.</summary>
    void ReportUnobserved(object key, Exception exception);

    /// <summary>Whether it takes a controller's events, or those of the pool that is meant.</summary>
    bool IsOf(IController controller) => false;
}
