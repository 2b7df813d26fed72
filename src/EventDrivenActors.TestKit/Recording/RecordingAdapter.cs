namespace EventDrivenActors.TestKit.Recording;

/// <summary>Writes the journal of a controller, as the outermost of its adapters.</summary>
internal sealed class RecordingAdapter(EventJournals journals, IReadOnlyList<SubprocessAdapter> children) : IAdapter
{
    // Set once, before the first event.
    private IController? _controller;

    public void Configure(IAdapterContext controller)
    {
        _controller = controller.Controller;
        journals.Of(_controller);
        foreach (SubprocessAdapter child in children)
        {
            journals.AddChild(_controller, child);
        }

        controller.UseOutbound(Send);
        controller.UseInbound(Take);
    }

    private Pending Send(OutboundEvent outbound, OutboundDelegate next)
    {
        if (journals.WatchesSent)
        {
            journals.WatchSent(_controller!.Pool ?? _controller, outbound.Pending);
        }

        if (Session.Current is { IsActive: true } session)
        {
            journals
                .Of(session.Self)
                .AddSent(
                    journals.Record(
                        _controller!.Pool ?? _controller,
                        outbound.Key,
                        outbound.Value,
                        outbound.Args,
                        outbound.Pending,
                        session
                    )
                );
        }

        return next(outbound);
    }

    private ValueTask Take(Session session, InboundDelegate next)
    {
        Pending? pending = session.Pending;
        RecordedEvent taken = journals.Record(_controller!, session.Event, session.Value, session.Args, pending);
        if (pending is not null)
        {
            journals.Watch(_controller!, pending);
        }

        taken.Begin();
        journals.Of(_controller!).AddTaken(taken);
        ValueTask task;
        try
        {
            task = next(session);
        }
        catch (Exception exception)
        {
            taken.End(PendingStatus.Faulted, session.Returns, exception);
            throw;
        }

        if (task.IsCompletedSuccessfully)
        {
            taken.End(PendingStatus.Completed, session.Returns, null);
            return task;
        }

        return EndAsync(session, taken, task);
    }

    private static async ValueTask EndAsync(Session session, RecordedEvent taken, ValueTask task)
    {
        try
        {
            await task.ConfigureAwait(true);
            taken.End(PendingStatus.Completed, session.Returns, null);
        }
        catch (Exception exception)
        {
            taken.End(PendingStatus.Faulted, session.Returns, exception);
            throw;
        }
    }
}
