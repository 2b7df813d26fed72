using Akka.Routing;

namespace EventDrivenActors.Pools;

/// <summary>Chooses the worker for the routings that push events to one.</summary>
internal sealed class PoolRouter(PoolOptions options)
{
    private int _next = -1;

    public Controller Choose(IReadOnlyList<Controller> workers, object key, object? value) => options.Routing switch
    {
        PoolRouting.SmallestMailbox => workers.MinBy(worker => worker.Loop.Load)!,
        PoolRouting.ConsistentHash => workers[Slot(HashOf(key, value), workers.Count)],
        _ => workers[(int)((uint)Interlocked.Increment(ref _next) % workers.Count)],
    };

    private object HashOf(object key, object? value) => options.HashKey?.Invoke(key, value)
        ?? (value as IConsistentHashable)?.ConsistentHashKey ?? key;

    /// <summary>Rendezvous hashing: when the pool is resized, only the keys of the workers that came or went move.</summary>
    private static int Slot(object key, int count)
    {
        int hash = key.GetHashCode();
        int best = 0;
        uint highest = 0;
        for (int i = 0; i < count; i++)
        {
            uint weight = Mix((uint)hash + ((uint)i * 0x9E3779B9u));
            if (weight >= highest)
            {
                (best, highest) = (i, weight);
            }
        }

        return best;
    }

    private static uint Mix(uint x)
    {
        x = (x ^ (x >> 16)) * 0x85EBCA6Bu;
        x = (x ^ (x >> 13)) * 0xC2B2AE35u;
        return x ^ (x >> 16);
    }
}
