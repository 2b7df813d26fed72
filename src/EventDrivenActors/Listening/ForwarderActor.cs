using Akka.Actor;
using Akka.Event;
using EventDrivenActors.Diagnostics;

namespace EventDrivenActors.Listening;

/// <summary>Takes forwarded events from the event stream to their listeners, in order.</summary>
internal sealed class ForwarderActor(ListeningHub hub) : UntypedActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();

    protected override void OnReceive(object message)
    {
        if (message is not ForwardedEvent forwarded)
        {
            Unhandled(message);
            return;
        }

        bool heard = false;
        foreach (IListenable listener in hub.ListenersOf(forwarded.Source, forwarded.Key))
        {
            if (listener.HopLimit > 0 && forwarded.Hops > listener.HopLimit)
            {
                continue;
            }

            try
            {
                listener.Deliver(forwarded.Key, forwarded);
                heard = true;
            }
            catch (InvalidOperationException refused)
            {
                new ControllerLog(Task.FromResult(_log), listener.Name).ForwardRefused(forwarded.Key, refused.Message);
            }
        }

        if (
            !heard
            && forwarded.Value is HandlerFailure failure
            && !forwarded.Source.Mapping.Contains(ControllerEvents.Error.Name)
        )
        {
            // It was raised for its listeners, and none could take it.
            new ControllerLog(Task.FromResult(_log), forwarded.Source.Name).HandlerFailed(
                failure.Event,
                failure.Exception
            );
        }
    }
}
