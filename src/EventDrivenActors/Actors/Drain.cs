using Akka.Actor;
using Akka.Event;

namespace EventDrivenActors.Actors;

/// <summary>The one message of the hot path: there is something in the event mailbox.</summary>
/// <remarks>When the actor has just ended it has no meaning any more, so it is not logged as a dead letter.</remarks>
internal sealed class Drain : INoSerializationVerificationNeeded, IDeadLetterSuppression
{
    public static readonly Drain Instance = new();

    private Drain() { }
}
