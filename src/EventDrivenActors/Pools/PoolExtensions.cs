namespace EventDrivenActors;

/// <summary>Makes pools.</summary>
public static class PoolExtensions
{
    /// <summary>Makes a pool of workers on one queue. Its events wait for <see cref="ControllerPool.Run"/>.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="workers">How many workers it has; at least 1.</param>
    /// <param name="configure">Sets its options; called once for each worker.</param>
    /// <returns>The pool.</returns>
    /// <exception cref="ArgumentException">An option has a value that it cannot have.</exception>
    public static ControllerPool CreatePool(
        this EventRuntime runtime,
        int workers,
        Action<PoolOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(runtime);
        if (workers < 1)
        {
            throw new ArgumentException(
                $"The number of workers is '{workers}'; a pool needs at least 1.",
                nameof(workers)
            );
        }

        PoolOptions options = Read();
        string name = options.Name ?? runtime.NextName("pool");
        runtime.ThrowIfEnded(name);
        ControllerPool pool = new(runtime, name, options, Read);
        pool.Grow(workers, options);
        runtime.Track(pool);
        return pool;

        PoolOptions Read()
        {
            PoolOptions options = new();
            configure?.Invoke(options);
            runtime.ConfigureEach?.Invoke(options);
            options.Validate();
            return options;
        }
    }
}
