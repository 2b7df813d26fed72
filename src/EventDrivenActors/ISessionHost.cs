namespace EventDrivenActors;

/// <summary>What a session asks of the loop that it belongs to.</summary>
internal interface ISessionHost
{
    IController Self { get; }

    IController? Pool { get; }

    int WorkerIndex { get; }

    IDictionary<string, object?> Items { get; }

    SessionContext RunContext { get; }

    SessionContext GlobalContext { get; }

    DeferredEvent Defer(SessionFrame frame);
}
