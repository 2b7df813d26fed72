namespace EventDrivenActors.Sessions;

/// <summary>What a session asks of the loop that it belongs to.</summary>
internal interface ISessionHost
{
    IController Self { get; }

    IController? Pool { get; }

    int WorkerIndex { get; }

    TimeProvider TimeProvider { get; }

    IDictionary<string, object?> Items { get; }

    SessionContext RunContext { get; }

    SessionContext GlobalContext { get; }

    /// <summary>What the mapping has for an event, as it was when the event was taken.</summary>
    IReadOnlyList<MappingEntry> HandlersOf(SessionFrame frame);

    DeferredEvent Defer(SessionFrame frame);

    /// <summary>Gives an event that it has deferred its outcome.</summary>
    /// <returns>Whether it had none.</returns>
    bool Settle(DeferredEvent deferred, EventOutcome outcome);
}
