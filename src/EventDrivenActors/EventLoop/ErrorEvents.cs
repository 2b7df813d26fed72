using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors.EventLoop;

/// <summary>
/// Raises the error event of an event that has failed, for its handlers here and for those that listen; logs where
/// there are none and nobody awaits. Any thread.
/// </summary>
/// <param name="settings">Has the edge to which unheard failures are reported.</param>
/// <param name="mailbox">Takes the error event before the next queued one.</param>
/// <param name="plans">Knows whether failures have handlers.</param>
internal sealed class ErrorEvents(LoopSettings settings, EventMailbox mailbox, EventPlans plans)
{
    /// <summary>The loop's listeners, of which some may want its error events. Any thread sets it.</summary>
    public ITap? Tap { get; set; }

    public void Raise(Pending? pending, object key, object? value, Exception failure)
    {
        if (key.Equals(ControllerEvents.Error.Name))
        {
            pending?.ObserveFailure();
            settings.Host.LogFailure(key, failure);
        }
        else if (plans.HandlesErrors || Tap?.Hears(ControllerEvents.Error.Name) == true)
        {
            pending?.ObserveFailure();
            mailbox.AddUrgent(new QueuedEvent(ControllerEvents.Error.Name, new HandlerFailure(key, value, failure)));
        }
        else if (pending is null or { IsPost: true } || failure is HookFailedException)
        {
            pending?.ObserveFailure();
            settings.Host.LogFailure(key, failure);
        }
    }

    /// <summary>
    /// Logs the failures whose error events have not run. Their handlers belong to the run that has ended: the failures
    /// must not show in the next one, nor get lost.
    /// </summary>
    public void LogUnrun()
    {
        foreach (QueuedEvent error in mailbox.TakeUrgent())
        {
            HandlerFailure failure = (HandlerFailure)error.Value!;
            settings.Host.LogFailure(failure.Event, failure.Exception);
        }
    }
}
