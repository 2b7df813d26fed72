namespace EventDrivenActors.TestSupport;

/// <summary>An adapter whose behaviour a test supplies.</summary>
public sealed class DelegateAdapter(Action<IAdapterContext> configure) : IAdapter
{
    public void Configure(IAdapterContext controller) => configure(controller);
}
