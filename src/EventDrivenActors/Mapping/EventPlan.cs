using EventDrivenActors.Handlers;
using EventDrivenActors.Sessions;

namespace EventDrivenActors.Mapping;

/// <summary>The plan that handles one key: before hooks, handlers in order, after hooks. Never changes.</summary>
/// <remarks>
/// Where the actor's dispatcher has a synchronization context, all that happens for an event stays in it: nothing here
/// leaves it by ConfigureAwait.
/// </remarks>
internal sealed class EventPlan(MappingEntry[] before, MappingEntry[] handlers, MappingEntry[] after)
{
    private readonly BoundHandler? _only =
        before.Length == 0 && after.Length == 0 && handlers.Length == 1 ? BoundHandler.Of(handlers[0]) : null;

    private readonly BoundHandler[] _handlers = Array.ConvertAll(handlers, BoundHandler.Of);
    private readonly BoundHandler[] _steps = Array.ConvertAll([.. before, .. handlers, .. after], BoundHandler.Of);
    private readonly Action<Session>[]? _beforeActions = Actions(before);
    private readonly Action<Session>[]? _afterActions = Actions(after);

    public bool HasHandlers => handlers.Length > 0;

    /// <summary>The handlers that the user has mapped.</summary>
    public IReadOnlyList<MappingEntry> Handlers { get; } =
        Array.FindAll(handlers, entry => !ReferenceEquals(entry, SubmissionEntry.Instance)).AsReadOnly();

    /// <summary>
    /// Runs the event. Synchronous steps cost no state machine, and a handler that suspends costs none of ours if it is
    /// the event's only one.
    /// </summary>
    /// <returns>The task that must end before the frame can collect the results; nothing when they are there.</returns>
    public Task? Run(Session session, SessionFrame frame)
    {
        if (_only is null)
        {
            return _beforeActions is null || _afterActions is null
                ? RunFrom(0, session, frame)
                : RunStraight(_beforeActions, _afterActions, session, frame);
        }

        Returned returned = _only.Run(session);
        if (!returned.HasEnded)
        {
            frame.Awaited = returned;
            return returned.Task;
        }

        frame.AddResult(returned.Result);
        return null;
    }

    /// <summary>Runs the event to its end.</summary>
    public ValueTask RunAsync(Session session, SessionFrame frame)
    {
        return Run(session, frame) is { } rest ? Collect(rest, frame) : default;

        static async ValueTask Collect(Task rest, SessionFrame frame)
        {
            frame.StayInTurn();
            try
            {
                await rest.ConfigureAwait(true);
            }
            catch
            {
                // A filter may keep the failure to itself, and the frame may be that of the next event.
                frame.Awaited = default;
                throw;
            }

            frame.CollectAwaited();
        }
    }

    private static Action<Session>[]? Actions(MappingEntry[] hooks) =>
        Array.TrueForAll(hooks, static hook => hook.Handler is Action<Session>)
            ? Array.ConvertAll(hooks, static hook => (Action<Session>)hook.Handler)
            : null;

    /// <summary>
    /// As <see cref="RunFrom"/> where all hooks are plain calls: each kind of step is called from a place of its own,
    /// which the processor then predicts.
    /// Row: <c>post (with hooks)</c>.
    /// </summary>
    private Task? RunStraight(
        Action<Session>[] beforeActions,
        Action<Session>[] afterActions,
        Session session,
        SessionFrame frame
    )
    {
        int step = 0;
        try
        {
            foreach (Action<Session> hook in beforeActions)
            {
                hook(session);
                if (!GoesOn(step, null, frame))
                {
                    return null;
                }

                step++;
            }

            foreach (BoundHandler handler in _handlers)
            {
                Returned returned = handler.Run(session);
                if (!returned.HasEnded)
                {
                    return Await(step, returned, session, frame);
                }

                if (!GoesOn(step, returned.Result, frame))
                {
                    return null;
                }

                step++;
            }

            foreach (Action<Session> hook in afterActions)
            {
                hook(session);
                step++;
            }
        }
        catch (Exception exception) when (IsHookFailure(step, exception, session))
        {
            Fail(step, exception, session, frame);
        }

        return null;
    }

    private Task? RunFrom(int step, Session session, SessionFrame frame)
    {
        try
        {
            for (; step < _steps.Length; step++)
            {
                Returned returned = _steps[step].Run(session);
                if (!returned.HasEnded)
                {
                    return Await(step, returned, session, frame);
                }

                if (!GoesOn(step, returned.Result, frame))
                {
                    break;
                }
            }
        }
        catch (Exception exception) when (IsHookFailure(step, exception, session))
        {
            Fail(step, exception, session, frame);
        }

        return null;
    }

    private async Task Await(int step, Returned returned, Session session, SessionFrame frame)
    {
        object? result;
        try
        {
            frame.StayInTurn();
            await returned.Task.ConfigureAwait(true);
            result = returned.ResultOfTask();
        }
        catch (Exception exception) when (IsHookFailure(step, exception, session))
        {
            Fail(step, exception, session, frame);
            return;
        }

        if (GoesOn(step, result, frame) && RunFrom(step + 1, session, frame) is { } rest)
        {
            await rest.ConfigureAwait(true);
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
            $"The {place} hook '{_steps[step].Name}' failed on the event '{session.Event}': {exception.Message}",
            exception
        );
        if (step < before.Length)
        {
            throw failure;
        }

        // The handlers have done their work: their results stand, and the hook's failure is reported beside them.
        frame.AfterFailure = failure;
    }
}
