namespace EventDrivenActors.TestSupport;

/// <summary>An adapter that does what a test says.</summary>
public sealed class DelegateAdapter(Action<IAdapterContext> configure) : IAdapter
{
    public void Configure(IAdapterContext controller) => configure(controller);
}
