using Akka.Actor;
using EventDrivenActors.Benchmarks.Harness;

namespace EventDrivenActors.Benchmarks.Peers;

/// <summary>A bare Akka actor that counts.</summary>
internal sealed class RawActor(Tally tally) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (message is Message)
        {
            tally.Add();
        }
    }
}
