using System.Collections.Immutable;

namespace EventDrivenActors.Pools;

/// <summary>
/// The members of a pool: its workers, the ones that leave, and which of the workers have to wait for those before they
/// take an event.
/// </summary>
/// <remarks>
/// A worker that leaves still runs what it has begun. A new worker is held until there is a place among the pool's size
/// for it, and until no other member of its index is left. The owner changes the roster under a lock of its own; any
/// thread reads the members.
/// </remarks>
internal sealed class PoolRoster<TWorker>
    where TWorker : class
{
    // Under the owner's lock.
    private readonly Dictionary<TWorker, int> _indexes = [];

    // Changed under the owner's lock, read by any thread.
    private volatile Membership _now = new([], [], []);

    public ImmutableArray<TWorker> Workers => _now.Workers;

    public ImmutableArray<TWorker> Leaving => _now.Leaving;

    /// <summary>The workers and the ones that leave, at one instant.</summary>
    public ImmutableArray<TWorker> All =>
        _now is { Leaving.IsEmpty: false } now ? [.. now.Workers, .. now.Leaving] : _now.Workers;

    /// <summary>Changes with each change of the members.</summary>
    public object Version => _now;

    /// <summary>Whether workers wait for the ones that leave.</summary>
    public bool HasHeld => !_now.Held.IsEmpty;

    public bool IsTaking(TWorker worker) => !_now.Held.Contains(worker);

    /// <summary>Adds a worker, which takes the next index.</summary>
    /// <returns>
    /// The workers that may take events from now on. The place that the pool has gained goes to one that was held
    /// before, where there is one that it suits.
    /// </returns>
    public ImmutableArray<TWorker> Join(TWorker worker)
    {
        Membership now = _now;
        _indexes[worker] = now.Workers.Length;
        return Release(now with { Workers = now.Workers.Add(worker), Held = now.Held.Add(worker) });
    }

    /// <summary>
    /// Lets the workers above a number leave. One that was held has begun nothing and is held no more: its owner gives
    /// away what it has queued.
    /// </summary>
    /// <returns>The workers that leave, each with whether it was held.</returns>
    public ImmutableArray<(TWorker Worker, bool WasHeld)> Shrink(int size)
    {
        Membership now = _now;
        if (now.Workers.Length <= size)
        {
            return [];
        }

        ImmutableArray<TWorker> leaving = now.Workers[size..];
        _now = new Membership(now.Workers[..size], now.Leaving.AddRange(leaving), now.Held.RemoveRange(leaving));
        return [.. leaving.Select(worker => (worker, now.Held.Contains(worker)))];
    }

    /// <summary>Takes back a <see cref="Shrink"/> that has just been made.</summary>
    public void Restore(ImmutableArray<(TWorker Worker, bool WasHeld)> left)
    {
        Membership now = _now;
        _now = new Membership(
            now.Workers.AddRange(left.Select(one => one.Worker)),
            now.Leaving[..^left.Length],
            now.Held.AddRange(left.Where(one => one.WasHeld).Select(one => one.Worker))
        );
    }

    /// <summary>Takes out a worker that has left.</summary>
    /// <returns>The workers that may take events from now on.</returns>
    public ImmutableArray<TWorker> Remove(TWorker worker)
    {
        Membership now = _now;
        if (!now.Leaving.Contains(worker))
        {
            return [];
        }

        ImmutableArray<TWorker> released = Release(now with { Leaving = now.Leaving.Remove(worker) });
        _indexes.Remove(worker);
        return released;
    }

    private ImmutableArray<TWorker> Release(Membership next)
    {
        // As many are held as leave: together with the others that makes the size of the pool.
        int places = next.Held.Length - next.Leaving.Length;
        ImmutableArray<TWorker> released =
        [
            .. next
                .Held.Where(worker => !next.Leaving.Any(other => _indexes[other] == _indexes[worker]))
                .Take(Math.Max(0, places)),
        ];
        _now = next with { Held = next.Held.RemoveRange(released) };
        return released;
    }

    private sealed record Membership(
        ImmutableArray<TWorker> Workers,
        ImmutableArray<TWorker> Leaving,
        ImmutableArray<TWorker> Held
    );
}
