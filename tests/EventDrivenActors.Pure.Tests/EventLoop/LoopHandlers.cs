using EventDrivenActors.EventLoop;

namespace EventDrivenActors.Pure.Tests.EventLoop;

/// <summary>The handlers of a scenario: they do what the event's script says, and note what must never be.</summary>
internal sealed class LoopHandlers : ITap
{
    private int _inside;

    public List<int> Taken { get; } = [];

    public List<string> Violations { get; } = [];

    /// <summary>Whether the shutdown handler vetoes.</summary>
    public bool Vetoes { get; set; }

    public MappingManager Map(LoopShape shape)
    {
        MappingBlueprint blueprint = new MappingBlueprint().On("run", Handle);
        if (shape.Hooked)
        {
            blueprint.Before(SkipIfScripted).After((Session _) => { });
            blueprint.On(ControllerEvents.Error, (Session session) => Check(session, session.Value));
            blueprint.On(
                ControllerEvents.Shutdown,
                (Session session) =>
                {
                    if (Vetoes)
                    {
                        session.Skip();
                    }
                }
            );
        }

        return new MappingManager(blueprint.Snapshot());
    }

    public ValueTask Filter(Session session, InboundDelegate next)
    {
        if (session.Value is ScriptedEvent { Behaviour: Behaviour.Skip })
        {
            return default;
        }

        if (session.Value is ScriptedEvent { Behaviour: Behaviour.Defer } scripted)
        {
            scripted.Deferred = session.Defer();
            return default;
        }

        return next(session);
    }

    bool ITap.Hears(object key) => !ControllerEvents.Error.Name.Equals(key);

    void ITap.Taken(Session session) =>
        Taken.Add(
            session.Value switch
            {
                ScriptedEvent scripted => scripted.Id,
                HandlerFailure { Value: ScriptedEvent scripted } => -scripted.Id,
                _ => LoopModel.ShutdownId,
            }
        );

    private static void SkipIfScripted(Session session)
    {
        if (session.Value is ScriptedEvent { Behaviour: Behaviour.Skip })
        {
            session.Skip();
        }
    }

    private async Task<int> Handle(Session session)
    {
        ScriptedEvent scripted = (ScriptedEvent)session.Value!;
        if (++_inside != 1)
        {
            Violations.Add($"The {scripted} started while a handler ran.");
        }

        try
        {
            Check(session, scripted);
            switch (scripted.Behaviour)
            {
                case Behaviour.Throw:
                    throw new InvalidOperationException($"The {scripted} throws.");
                case Behaviour.Skip:
                    session.Skip();
                    break;
                case Behaviour.Defer:
                    scripted.Deferred = session.Defer();
                    break;
                case Behaviour.Suspend or Behaviour.SuspendTimed or Behaviour.SuspendObeying:
                    await Suspend(session, scripted).ConfigureAwait(false);
                    break;
            }

            return scripted.Id;
        }
        finally
        {
            _inside--;
        }
    }

    private async Task Suspend(Session session, ScriptedEvent scripted)
    {
        scripted.Token = session.CancellationToken;
        await scripted.Gate.Task.ConfigureAwait(false);
        Check(session, scripted);
        if (scripted.Behaviour == Behaviour.SuspendObeying)
        {
            scripted.Token.ThrowIfCancellationRequested();
        }
    }

    private void Check(Session session, object? value)
    {
        if (Session.Current != session || !ReferenceEquals(Session.Current.Value, value))
        {
            Violations.Add($"The ambient session is not that of '{value}'.");
        }
    }
}
