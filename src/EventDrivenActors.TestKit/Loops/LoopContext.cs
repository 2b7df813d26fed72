namespace EventDrivenActors.TestKit.Loops;

/// <summary>
/// Where the continuations of handlers go: among the loops' work, so that it is known that they are about to run.
/// </summary>
internal sealed class LoopContext(LoopWork work) : SynchronizationContext
{
    public override void Post(SendOrPostCallback callback, object? state) => work.Run(() => callback(state));

    public override void Send(SendOrPostCallback callback, object? state) => callback(state);

    public override SynchronizationContext CreateCopy() => this;
}
