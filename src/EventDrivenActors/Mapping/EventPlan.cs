namespace EventDrivenActors.Mapping;

/// <summary>What handling one key means: before hooks, handlers in order, after hooks. Never changes.</summary>
/// <remarks>Where the actor's dispatcher has a synchronization context, all that happens for an event stays in it: nothing here leaves it by ConfigureAwait.</remarks>
internal sealed class EventPlan(MappingEntry[] before, MappingEntry[] handlers, MappingEntry[] after)
{
    private readonly MappingEntry? _only = before.Length == 0 && after.Length == 0 && handlers.Length == 1 ? handlers[0] : null;

    private readonly MappingEntry[] _steps = [.. before, .. handlers, .. after];

    public bool HasHandlers => handlers.Length > 0;

    /// <summary>Runs the event. What completes synchronously costs no state machine.</summary>
    public ValueTask Run(Session session, SessionFrame frame)
    {
        if (_only is null)
        {
            return RunFrom(0, session, frame);
        }

        ValueTask<object?> result = _only.Run(session);
        if (!result.IsCompletedSuccessfully)
        {
            return Collect(result, frame);
        }

        frame.AddResult(result.Result);
        return default;
    }

    private static async ValueTask Collect(ValueTask<object?> result, SessionFrame frame) =>
        frame.AddResult(await result);

    private ValueTask RunFrom(int step, Session session, SessionFrame frame)
    {
        try
        {
            for (; step < _steps.Length; step++)
            {
                ValueTask<object?> result = _steps[step].Run(session);
                if (!result.IsCompletedSuccessfully)
                {
                    return Await(step, result, session, frame);
                }

                if (!GoesOn(step, result.Result, frame))
                {
                    break;
                }
            }
        }
        catch (Exception exception) when (IsHookFailure(step, exception, session))
        {
            Fail(step, exception, session, frame);
        }

        return default;
    }

    private async ValueTask Await(int step, ValueTask<object?> pending, Session session, SessionFrame frame)
    {
        object? result;
        try
        {
            result = await pending;
        }
        catch (Exception exception) when (IsHookFailure(step, exception, session))
        {
            Fail(step, exception, session, frame);
            return;
        }

        if (GoesOn(step, result, frame))
        {
            await RunFrom(step + 1, session, frame);
        }
    }

    /// <summary>Notes the result of a step.</summary>
    /// <returns>Whether the next one may run.</returns>
    private bool GoesOn(int step, object? result, SessionFrame frame)
    {
        if (step < before.Length)
        {
            if (frame.SkipRequested)
            {
                frame.LeftOut = true;
            }

            return !frame.LeftOut;
        }

        int handler = step - before.Length;
        if (handler >= handlers.Length)
        {
            return true;
        }

        frame.AddResult(result);
        return handler < handlers.Length - 1 || !frame.SkipRequested;
    }

    private bool IsHookFailure(int step, Exception exception, Session session) =>
        (step < before.Length || step >= before.Length + handlers.Length)
        && !(exception is OperationCanceledException && session.CancellationToken.IsCancellationRequested);

    private void Fail(int step, Exception exception, Session session, SessionFrame frame)
    {
        string place = step < before.Length ? "before" : "after";
        HookFailedException failure = new(
            $"The {place} hook '{_steps[step].Name}' failed on the event '{session.Event}': {exception.Message}", exception);
        if (step < before.Length)
        {
            throw failure;
        }

        // The handlers have done their work: their results stand, and the hook's failure is reported beside them.
        frame.AfterFailure = failure;
    }
}
