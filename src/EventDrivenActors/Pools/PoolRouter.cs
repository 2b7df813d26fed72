using Akka.Routing;

namespace EventDrivenActors.Pools;

/// <summary>Chooses the worker for the routings that push events to one.</summary>
internal sealed class PoolRouter(PoolOptions options)
{
    // Any thread, by interlocked steps.
    private int _next = -1;

    /// <summary>Whether the key alone decides which worker gets an event.</summary>
    public bool IsBound => options.Routing == PoolRouting.ConsistentHash;

    /// <summary>Chooses among the workers that have not refused the event.</summary>
    /// <param name="workers">The workers.</param>
    /// <param name="refused">The positions of the ones that have.</param>
    /// <param name="takes">Whether a worker takes events now; null where all do. One that does comes first, unless the
    /// key decides.</param>
    /// <param name="key">The event's key.</param>
    /// <param name="value">The event's value.</param>
    /// <returns>The position of the worker, or -1 when all have refused.</returns>
    public int Choose(
        IReadOnlyList<Controller> workers,
        IReadOnlyCollection<int> refused,
        Func<Controller, bool>? takes,
        object key,
        object? value
    )
    {
        int[] open = [.. Enumerable.Range(0, workers.Count).Except(refused)];
        if (takes is not null && !IsBound && Array.Exists(open, position => takes(workers[position])))
        {
            open = Array.FindAll(open, position => takes(workers[position]));
        }

        return open.Length == 0
            ? -1
            : options.Routing switch
            {
                PoolRouting.SmallestMailbox => open.MinBy(position => workers[position].Loop.Load),
                PoolRouting.ConsistentHash => Highest(open, HashOf(key, value).GetHashCode()),
                _ => open[(int)((uint)Interlocked.Increment(ref _next) % open.Length)],
            };
    }

    private object HashOf(object key, object? value) =>
        options.HashKey?.Invoke(key, value) ?? (value as IConsistentHashable)?.ConsistentHashKey ?? key;

    /// <summary>
    /// Rendezvous hashing: when the pool is resized, only the keys of the workers that came or went move.
    /// </summary>
    private static int Highest(int[] positions, int hash) =>
        positions.MaxBy(position => Mix((uint)hash + ((uint)position * 0x9E3779B9u)));

    private static uint Mix(uint x)
    {
        x = (x ^ (x >> 16)) * 0x85EBCA6Bu;
        x = (x ^ (x >> 13)) * 0xC2B2AE35u;
        return x ^ (x >> 16);
    }
}
