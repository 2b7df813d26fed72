namespace EventDrivenActors;

/// <summary>How an event ended; it settles the event's <see cref="Pending"/>.</summary>
public readonly record struct EventOutcome
{
    private readonly object? _cause;

    private EventOutcome(PendingStatus status, IReadOnlyList<object?>? results, object? cause)
    {
        Status = status;
        Results = results ?? [];
        _cause = cause;
    }

    /// <summary>The final status.</summary>
    public PendingStatus Status { get; }

    /// <summary>One result for each handler, in order; empty unless <see cref="Status"/> is completed.</summary>
    public IReadOnlyList<object?> Results { get; }

    /// <summary>The exception that awaiting the event throws, if the status has an exception of its own.</summary>
    /// <value><see langword="null"/> also where each event gets an exception of its own.</value>
    public Exception? Exception => _cause as Exception;

    /// <summary>A before hook or filter left the event out.</summary>
    public static EventOutcome Skipped { get; } = new(PendingStatus.Skipped, null, null);

    /// <summary>The event was cancelled.</summary>
    public static EventOutcome Cancelled { get; } = new(PendingStatus.Cancelled, null, null);

    /// <summary>The event's controller closed.</summary>
    public static EventOutcome Closed { get; } = new(PendingStatus.Closed, null, null);

    /// <summary>All handlers ended.</summary>
    /// <param name="results">One result for each handler, in order.</param>
    /// <returns>The outcome.</returns>
    public static EventOutcome Completed(IReadOnlyList<object?> results) => new(PendingStatus.Completed, results, null);

    /// <summary>A handler threw.</summary>
    /// <param name="exception">The exception that it threw.</param>
    /// <returns>The outcome.</returns>
    public static EventOutcome Faulted(Exception exception) => new(PendingStatus.Faulted, null, exception);

    /// <summary>The handlers took too long.</summary>
    /// <param name="exception">Says which event and how long.</param>
    /// <returns>The outcome.</returns>
    public static EventOutcome TimedOut(EventTimeoutException exception) =>
        new(PendingStatus.TimedOut, null, exception);

    /// <summary>The child process that had the event died.</summary>
    /// <param name="exception">Says which child and how it ended.</param>
    /// <returns>The outcome.</returns>
    public static EventOutcome ChildLost(ChildLostException exception) => new(PendingStatus.ChildLost, null, exception);

    /// <summary>The child process died that was to take several events.</summary>
    /// <param name="exceptionOf">Makes the exception of each event of its key; called by the settling thread.</param>
    /// <returns>The outcome.</returns>
    public static EventOutcome ChildLost(Func<object, ChildLostException> exceptionOf) =>
        new(PendingStatus.ChildLost, null, exceptionOf);

    /// <summary>The event was delivered as often as allowed.</summary>
    /// <param name="exception">Says how often.</param>
    /// <returns>The outcome.</returns>
    public static EventOutcome Poisoned(PoisonedEventException exception) =>
        new(PendingStatus.Poisoned, null, exception);

    /// <summary>This outcome for one event.</summary>
    internal EventOutcome For(object key) =>
        _cause is Func<object, Exception> exceptionOf ? new EventOutcome(Status, null, exceptionOf(key)) : this;

    internal static EventOutcome Of(PendingStatus status, Exception? exception) => new(status, null, exception);
}
