namespace EventDrivenActors.TestKit.Recording;

/// <summary>Children all of whose work is that of the loops and of the thread pool. The launcher of their options is a method of it. Any thread.</summary>
internal interface ISimulatedChildren
{
    /// <summary>Whether one of them lives that nothing makes late or stand still: what is being set up, which hops over the thread pool, is then soon set up.</summary>
    bool AreMoving { get; }
}
