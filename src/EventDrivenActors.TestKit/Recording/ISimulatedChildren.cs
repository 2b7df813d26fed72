namespace EventDrivenActors.TestKit.Recording;

/// <summary>
/// Children all of whose work is that of the loops and of the thread pool. The launcher of their options is a method of
/// it. Any thread.
/// </summary>
internal interface ISimulatedChildren
{
    /// <summary>
    /// Whether one of them is being set up, which hops over the thread pool, and nothing makes it stand still.
    /// </summary>
    bool AreStarting { get; }
}
