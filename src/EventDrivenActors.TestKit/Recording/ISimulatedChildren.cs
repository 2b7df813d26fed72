namespace EventDrivenActors.TestKit.Recording;

/// <summary>
/// Simulated children, which work only in the loops and on the thread pool. The launcher of their options is a method
/// of the implementing type. Any thread.
/// </summary>
internal interface ISimulatedChildren
{
    /// <summary>
    /// Whether a child is being set up, which takes items of the thread pool, and no fault delays it.
    /// </summary>
    bool AreStarting { get; }
}
