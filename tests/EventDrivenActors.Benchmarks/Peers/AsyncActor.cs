using Akka.Actor;
using EventDrivenActors.Benchmarks.Harness;

namespace EventDrivenActors.Benchmarks.Peers;

/// <summary>An Akka actor with an asynchronous handler.</summary>
internal sealed class AsyncActor : ReceiveActor
{
    public AsyncActor(Tally tally, bool suspends) =>
        ReceiveAsync<Message>(async _ =>
        {
            if (suspends)
            {
                await Task.Yield();
            }

            tally.Add();
        });
}
