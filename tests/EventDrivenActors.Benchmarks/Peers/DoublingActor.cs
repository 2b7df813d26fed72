using Akka.Actor;

namespace EventDrivenActors.Benchmarks.Peers;

/// <summary>A bare Akka actor that answers.</summary>
internal sealed class DoublingActor : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (message is Message question)
        {
            Sender.Tell(question.Value * 2);
        }
    }
}
