using Akka.Actor;

namespace EventDrivenActors.Actors;

/// <summary>The one message of the hot path: there is something in the event mailbox.</summary>
internal sealed class Drain : INoSerializationVerificationNeeded
{
    public static readonly Drain Instance = new();

    private Drain()
    {
    }
}
