using EventDrivenActors.Mapping;
using EventDrivenActors.Pipeline;
using EventDrivenActors.Sessions;

namespace EventDrivenActors.EventLoop;

/// <summary>Runs events whose handlers come after filters, or not in the turn in which the events were taken.</summary>
internal sealed class FilteredEvents
{
    private readonly Func<Session, bool>? _relays;
    private readonly EventPlans _plans;
    private readonly LoopPosition _position;
    private readonly RelayTurn _relay;
    private readonly EntryGate _gate;
    private readonly InboundDelegate? _filters;

    public FilteredEvents(
        LoopSettings settings,
        EventPlans plans,
        LoopPosition position,
        RelayTurn relay,
        EntryGate gate
    )
    {
        _relays = settings.Relays;
        _plans = plans;
        _position = position;
        _relay = relay;
        _gate = gate;
        _filters = InboundChain.Link(settings.InboundFilters, RunHandlers);
    }

    /// <returns>The task that must end before the event does; nothing when the event has ended.</returns>
    public Task? Run(Session session, SessionFrame frame)
    {
        ValueTask running;
        if (_plans.IsFiltered)
        {
            _position.BeginHandling();
            frame.LeftOut = true;
            bool mayBlock = _relay.IsRunning && !_relays!(session);
            running = mayBlock ? _relay.Postpone(session, frame, _filters!) : _filters!(session);
        }
        else
        {
            running = _relay.Postpone(session, frame, RunHandlers);
        }

        return Unfinished(running);
    }

    /// <summary>Runs an event that has no filters when the loop, which has been suspended meanwhile, resumes.</summary>
    /// <returns>The task that must end before the event does; nothing when the event has ended.</returns>
    public static Task? RunWhenResumed(EntryGate gate, Session session, SessionFrame frame, EventPlan plan) =>
        Unfinished(gate.EnterWhenResumedAsync(session, frame, plan));

    private static Task? Unfinished(ValueTask running) =>
        running.AsTask() is { IsCompletedSuccessfully: false } unfinished ? unfinished : null;

    /// <summary>The end of the chain of filters, which may have taken long.</summary>
    private ValueTask RunHandlers(Session session)
    {
        if (_relay.IsRunning)
        {
            return _relay.Postpone(session, _position.Frame, RunHandlers);
        }

        _relay.IsLikely = false;
        return _gate.EnterAsync(session, _position.Frame, _plans.Current!);
    }
}
