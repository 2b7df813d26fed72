using EventDrivenActors.EventLoop.Mailbox;
using EventDrivenActors.Mapping;
using EventDrivenActors.Sessions;

namespace EventDrivenActors.EventLoop;

/// <content>How one event starts, and how it ends.</content>
internal sealed partial class ControllerLoop
{
    /// <summary>Runs one event.</summary>
    /// <returns>Whether it has ended; otherwise its handler has suspended and the loop is parked.</returns>
    private bool Start(QueuedEvent item, SessionFrame frame, TurnThread thread)
    {
        Pending? pending = item.Pending;
        if (pending is not null && !pending.TryStart(owner))
        {
            return true;
        }

        Session session = new(frame, frame.Begin(pending, item.Key, item.Value));
        Exception? failure = null;
        try
        {
            Task? unfinished = Handle(session, frame);
            if (unfinished is not null && Park(unfinished, frame))
            {
                return false;
            }
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        bool passedOn = frame.Deferred is not null && settings.Relays is not null;
        Finish(frame, failure);
        if (!passedOn)
        {
            thread.EndEvent(frame);
        }

        return true;
    }

    /// <returns>The task that must end before the event does; nothing when the event has ended.</returns>
    private Task? Handle(Session session, SessionFrame frame)
    {
        bool isTapped = Tap is not null;
        if (isTapped)
        {
            LetListen(session);
        }

        timeouts.Begin(frame);
        EventPlan? plan = plans.Find(frame);
        if (plan is null)
        {
            return null;
        }

        // Only a loop that has filters gives relaying turns.
        if (filters is not null && (plans.IsFiltered || relay.IsRunning))
        {
            return filters.Run(session, frame);
        }

        bool isHeldBack = isTapped && control.HoldsBack;
        position.BeginHandling();
        return isHeldBack
            ? FilteredEvents.RunWhenResumed(gate, session, frame, plan)
            : plan.Run(session, frame);
    }

    /// <summary>Listeners hear the event before its handlers. Meanwhile the loop may be suspended.</summary>
    private void LetListen(Session session)
    {
        position.BeginHandling();
        Tap?.Taken(session);
        position.BeginStarting();
    }

    /// <summary>In an ordinary turn: what a relaying turn has postponed goes on.</summary>
    private void EnterPostponed()
    {
        if (relay.TakePostponed() is { } turn)
        {
            position.BeginHandling();
            turn.SetResult();
        }
    }

    /// <summary>Leaves the handler to its task.</summary>
    /// <returns>False when that has ended already.</returns>
    private bool Park(Task task, SessionFrame frame)
    {
        if (task.IsCompleted)
        {
            task.ThrowIfFailed();
            frame.CollectAwaited();
            return false;
        }

        frame.Suspension = task;
        frame.SynchronousThread = 0;
        _thread!.Tidy();
        parked.Park(task);
        return true;
    }

    /// <summary>Ends the event whose handler had suspended.</summary>
    private void Unpark()
    {
        position.BeginHandling();
        SessionFrame frame = position.Frame;
        Exception? failure = null;
        try
        {
            parked.Task!.ThrowIfFailed();
            frame.CollectAwaited();
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        position.ReplaceFrame();
        parked.Clear();
        Finish(frame, failure);
    }

    /// <summary>Ends the event in the frame: its outcome, its error event, and room for the next.</summary>
    /// <remarks>
    /// The session ends before the event settles, so code that sees the outcome sees no session of the event any more.
    /// </remarks>
    private void Finish(SessionFrame frame, Exception? failure)
    {
        if (failure is not null || !frame.IsOrdinary)
        {
            settlement.EndUnusual(frame, failure);
            return;
        }

        timeouts.End();
        if (frame.Pending is { } pending)
        {
            int count = frame.ResultCount;
            object? results = frame.StoredResults;
            frame.End();
            bool completed = pending.TryComplete(results, count);
            frame.Pending = null;
            if (!completed)
            {
                // Something has ended it at this instant.
                settlement.Count(pending, pending.Status);
                return;
            }
        }
        else
        {
            frame.End();
        }

        tally.Ran();
    }
}
