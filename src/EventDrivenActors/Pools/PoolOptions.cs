namespace EventDrivenActors;

/// <summary>How a pool is made.</summary>
/// <remarks>
/// The options are read once for each worker, so <see cref="ControllerOptions.Adapters"/> added by the configuring
/// delegate exist once a worker: a pool whose workers each have a child process is a process pool.
/// </remarks>
public sealed class PoolOptions : ControllerOptions
{
    /// <summary>How events are given to the workers.</summary>
    /// <value>Default <see cref="PoolRouting.RoundRobin"/>.</value>
    /// <remarks>
    /// The pool's one queue has the <see cref="ControllerOptions.Capacity"/> there; with the routings that give each
    /// worker a queue of its own, each of these has it, and <see cref="ControllerBase.PostMany"/> queues its events one
    /// by one.
    /// </remarks>
    public PoolRouting Routing { get; set; } = PoolRouting.RoundRobin;

    /// <summary>
    /// For <see cref="PoolRouting.ConsistentHash"/>: what decides the worker, from the event's key and value.
    /// </summary>
    /// <value>Default: the value's <c>ConsistentHashKey</c> where it implements Akka's <c>IConsistentHashable</c>, else
    /// the event's key.</value>
    public Func<object, object?, object>? HashKey { get; set; }

    internal override void Validate()
    {
        base.Validate();
        if (Capacity is not null && Routing == PoolRouting.Broadcast)
        {
            throw new ArgumentException(
                $"A capacity of '{Capacity}' cannot be kept with the routing '{Routing}', where each worker queues "
                    + "each event; leave the capacity out, or choose another routing."
            );
        }
    }
}
