using Proto;

namespace EventDrivenActors.Benchmarks.Peers;

/// <summary>A Proto.Actor that answers.</summary>
internal sealed class ProtoDoubler : IActor
{
    public Task ReceiveAsync(IContext context)
    {
        if (context.Message is Message question)
        {
            context.Respond(question.Value * 2);
        }

        return Task.CompletedTask;
    }
}
