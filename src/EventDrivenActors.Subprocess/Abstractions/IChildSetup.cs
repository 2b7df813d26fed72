namespace EventDrivenActors;

/// <summary>Builds the workers of a child process, in the child.</summary>
/// <remarks>
/// Instantiated once in the child. To prepare each worker before the child takes work, map
/// <see cref="ControllerEvents.WorkerPrepare"/>: its handlers run once in each, and when one throws the child is not
/// used.
/// </remarks>
public interface IChildSetup
{
    /// <summary>Configures the child's pool; called once for each worker, on one thread.</summary>
    /// <param name="options">Options that hold the child's mapping already; add handlers, adapters and context.</param>
    void Configure(PoolOptions options);
}
