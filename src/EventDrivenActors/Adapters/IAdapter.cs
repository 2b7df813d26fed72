namespace EventDrivenActors;

/// <summary>An extension of one controller: it asks for seams and never patches anything.</summary>
public interface IAdapter
{
    /// <summary>Called once, while the controller is created, to take the seams that the adapter needs.</summary>
    /// <param name="controller">The seams.</param>
    void Configure(IAdapterContext controller);
}
