using Akka.Actor;
using Akka.Event;

namespace EventDrivenActors.Actors;

/// <summary>The one message of the hot path: there is something in the event mailbox.</summary>
/// <remarks>One that meets an actor which has just ended means nothing to anybody, so it is no dead letter for the log.</remarks>
internal sealed class Drain : INoSerializationVerificationNeeded, IDeadLetterSuppression
{
    public static readonly Drain Instance = new();

    private Drain()
    {
    }
}
