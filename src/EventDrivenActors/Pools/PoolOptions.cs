namespace EventDrivenActors;

/// <summary>How a pool is made.</summary>
/// <remarks>
/// The options are read once for each worker, so <see cref="ControllerOptions.Adapters"/> added by the configuring delegate exist
/// once a worker: a pool whose workers each have a child process is a process pool.
/// </remarks>
public sealed class PoolOptions : ControllerOptions
{
    /// <summary>How events are given to the workers.</summary>
    /// <value>Default <see cref="PoolRouting.RoundRobin"/>.</value>
    public PoolRouting Routing { get; set; } = PoolRouting.RoundRobin;

    /// <summary>For <see cref="PoolRouting.ConsistentHash"/>: what decides the worker, from the event's key and value.</summary>
    /// <value>Default: the value's <c>ConsistentHashKey</c> where it implements Akka's <c>IConsistentHashable</c>, else the event's key.</value>
    public Func<object, object?, object>? HashKey { get; set; }

    internal override void Validate()
    {
        base.Validate();
        if (Capacity is not null && Routing != PoolRouting.RoundRobin)
        {
            throw new ArgumentException(
                $"A capacity of '{Capacity}' needs the routing '{PoolRouting.RoundRobin}', which has one queue; the routing is '{Routing}'.");
        }
    }
}
