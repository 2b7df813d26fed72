namespace EventDrivenActors;

/// <summary>The controller of an accepted event, as an event of any type sees it.</summary>
internal interface IEventOwner
{
    string Name { get; }

    /// <summary>The clock for waits for its events that have a time limit.</summary>
    TimeProvider TimeProvider { get; }

    /// <summary>Whether it takes the events of this controller, or of this pool.</summary>
    bool IsOf(object controller) => false;

    /// <summary>Reports that user code other than a handler threw.</summary>
    void LogBroken(Exception exception);

    /// <summary>Reports a failure that no handler of the error event and no awaiter has seen.</summary>
    void LogUnobserved(object key, Exception exception);
}
