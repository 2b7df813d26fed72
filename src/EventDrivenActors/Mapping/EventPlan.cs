namespace EventDrivenActors.Mapping;

/// <summary>What handling one key means: before hooks, handlers in order, after hooks. Never changes.</summary>
/// <remarks>Where the actor's dispatcher has a synchronization context, all that happens for an event stays in it: nothing here leaves it by ConfigureAwait.</remarks>
internal sealed class EventPlan(MappingEntry[] before, MappingEntry[] handlers, MappingEntry[] after)
{
    private readonly Func<Session, ValueTask<object?>>? _only =
        before.Length == 0 && after.Length == 0 && handlers.Length == 1 ? handlers[0].Invoke : null;

    public bool HasHandlers => handlers.Length > 0;

    /// <summary>Runs the event. A handler that completes synchronously costs no state machine.</summary>
    public ValueTask Run(Session session, SessionFrame frame)
    {
        if (_only is null)
        {
            return RunAll(session, frame);
        }

        ValueTask<object?> result = _only(session);
        if (!result.IsCompletedSuccessfully)
        {
            return Collect(result, frame);
        }

        frame.AddResult(result.Result);
        return default;
    }

    private static async ValueTask Collect(ValueTask<object?> result, SessionFrame frame) =>
        frame.AddResult(await result);

    private async ValueTask RunAll(Session session, SessionFrame frame)
    {
        foreach (MappingEntry hook in before)
        {
            await RunHook(hook, "before", session);
            if (frame.SkipRequested)
            {
                frame.LeftOut = true;
                return;
            }
        }

        foreach (MappingEntry handler in handlers)
        {
            frame.AddResult(await handler.Invoke(session));
        }

        if (frame.SkipRequested)
        {
            return;
        }

        foreach (MappingEntry hook in after)
        {
            try
            {
                await RunHook(hook, "after", session);
            }
            catch (HookFailedException failure)
            {
                // The handlers have done their work: their results stand, and the hook's failure is reported beside them.
                frame.AfterFailure = failure;
                return;
            }
        }
    }

    private static async ValueTask RunHook(MappingEntry hook, string place, Session session)
    {
        try
        {
            await hook.Invoke(session);
        }
        catch (Exception exception) when (!IsCancellation(exception, session))
        {
            throw new HookFailedException(
                $"The {place} hook '{hook.Name}' failed on the event '{session.Event}': {exception.Message}", exception);
        }
    }

    private static bool IsCancellation(Exception exception, Session session) =>
        exception is OperationCanceledException && session.CancellationToken.IsCancellationRequested;
}
