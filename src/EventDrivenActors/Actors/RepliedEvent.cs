using Akka.Actor;

namespace EventDrivenActors.Actors;

/// <summary>An event that came by <c>Tell</c>: its outcome goes back to the sender.</summary>
internal sealed class RepliedEvent(IEventOwner<Pending> owner, ControllerEvent told, IActorRef sender)
    : Pending(owner, EventKey.Unwrap(told.Key), told.Value, told.Context, told.Args?.ToArray(), null)
{
    private protected override void AfterSettled() => sender.Tell(Reply(), ActorRefs.NoSender);

    private object Reply()
    {
        try
        {
            return ResultsOrThrow();
        }
        catch (Exception exception)
        {
            return new Status.Failure(exception);
        }
    }
}
