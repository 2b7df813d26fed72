using EventDrivenActors.Benchmarks.Harness;
using Proto;

namespace EventDrivenActors.Benchmarks.Peers;

/// <summary>A Proto.Actor that counts.</summary>
internal sealed class ProtoCounter(Tally tally) : IActor
{
    public Task ReceiveAsync(IContext context)
    {
        if (context.Message is Message)
        {
            tally.Add();
        }

        return Task.CompletedTask;
    }
}
