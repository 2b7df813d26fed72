namespace EventDrivenActors.TestKit.Loops;

/// <summary>
/// Queues the continuations of handlers as work of the loops, so that the kit knows that they are about to run.
/// </summary>
internal sealed class LoopContext(LoopWork work) : SynchronizationContext
{
    public override void Post(SendOrPostCallback callback, object? state) => work.Run(() => callback(state));

    public override void Send(SendOrPostCallback callback, object? state) => callback(state);

    public override SynchronizationContext CreateCopy() => this;
}
