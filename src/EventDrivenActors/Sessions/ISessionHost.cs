namespace EventDrivenActors.Sessions;

/// <summary>The loop of a session, as the session sees it.</summary>
internal interface ISessionHost
{
    IController Self { get; }

    IController? Pool { get; }

    int WorkerIndex { get; }

    TimeProvider TimeProvider { get; }

    IDictionary<string, object?> Items { get; }

    SessionContext RunContext { get; }

    SessionContext GlobalContext { get; }

    /// <summary>The context of events that bring none of their own.</summary>
    SessionContext FullContext { get; }

    /// <summary>The handlers of an event, in the mapping as it was when the event was taken.</summary>
    IReadOnlyList<MappingEntry> HandlersOf(SessionFrame frame);

    DeferredEvent Defer(SessionFrame frame);

    /// <summary>Gives an event that it has deferred its outcome.</summary>
    /// <returns>Whether it had none.</returns>
    bool Settle(DeferredEvent deferred, EventOutcome outcome);
}
