using System.Runtime.CompilerServices;
using EventDrivenActors.Mapping;
using EventDrivenActors.Sessions;

namespace EventDrivenActors.EventLoop;

/// <summary>Finds the plan of the event that runs, and keeps it for the next event of the same key.</summary>
internal sealed class EventPlans(LoopSettings settings)
{
    private readonly bool _hasFilters = settings.InboundFilters.Count > 0;

    // The draining thread writes, any thread reads.
    private MappingTable _table = MappingTable.For(settings.Mapping.Snapshot, settings.Added);

    // The draining thread. The thread on which a filter goes on reads Current.
    private object? _key;

    /// <summary>The plan of the event that runs; <see langword="null"/> where the mapping has none.</summary>
    public EventPlan? Current { get; private set; }

    /// <summary>Whether the event passes the filters before its handlers.</summary>
    public bool IsFiltered { get; private set; }

    /// <summary>Whether failures have handlers.</summary>
    public bool HandlesErrors => _table.Error is not null;

    /// <summary>Whether the shutdown has handlers.</summary>
    public bool HandlesShutdown => MappingTable.For(settings.Mapping.Snapshot, settings.Added).Shutdown is not null;

    /// <summary>Looks up the event that begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public EventPlan? Find(SessionFrame frame) =>
        ReferenceEquals(frame.Key, _key) && ReferenceEquals(settings.Mapping.Snapshot, _table.Source)
            ? Current
            : LookUp(frame);

    /// <summary>The handlers of an event, as the mapping was when the event was taken.</summary>
    public IReadOnlyList<MappingEntry> HandlersOf(SessionFrame frame, bool isCurrent) =>
        (isCurrent ? Current : MappingTable.For(settings.Mapping.Snapshot, settings.Added).Find(frame.Key))?.Handlers
        ?? [];

    /// <summary>
    /// Whether an event is the error event that the loop itself has raised; only error handlers get it.
    /// </summary>
    public static bool IsRaised(object key, object? value) =>
        ReferenceEquals(key, ControllerEvents.Error.Name) && value is HandlerFailure;

    private EventPlan? LookUp(SessionFrame frame)
    {
        object key = frame.Key;
        bool isShutdown = ReferenceEquals(key, ControllerEvents.Shutdown.Name);
        bool isError = ReferenceEquals(key, ControllerEvents.Error.Name);
        _key = null;
        MappingSnapshot snapshot = settings.Mapping.Snapshot;
        if (!ReferenceEquals(snapshot, _table.Source))
        {
            _table = MappingTable.For(snapshot, settings.Added);
        }

        Current =
            isShutdown ? _table.Shutdown
            : IsRaised(key, frame.Value) ? _table.Error
            : _table.Find(key);
        IsFiltered =
            _hasFilters && !ReferenceEquals(Current, _table.Shutdown) && !ReferenceEquals(Current, _table.Error);

        if (isShutdown || isError)
        {
            frame.MarkInternal();
        }
        else
        {
            _key = key;
        }

        return Current;
    }
}
