namespace EventDrivenActors;

/// <summary>Adds child processes.</summary>
public static class SubprocessExtensions
{
    /// <summary>
    /// Adds a child process: events that the controller does not map, and all submitted functions, run there.
    /// </summary>
    /// <param name="options">The controller's options; a pool's workers get a child each.</param>
    /// <param name="configure">Sets the child's options.</param>
    /// <returns>The adapter, to look at the child and to kill it.</returns>
    /// <exception cref="ArgumentException">An option has a value that it cannot have.</exception>
    public static SubprocessAdapter AddSubprocess(
        this ControllerOptions options,
        Action<SubprocessOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        SubprocessOptions child = new();
        configure?.Invoke(child);
        SubprocessAdapter adapter = new(child);
        options.Adapters.Add(adapter);
        return adapter;
    }
}
