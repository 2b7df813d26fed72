namespace EventDrivenActors.Listening;

/// <summary>The ways of an event of one key from listener to listener, in all actor systems of the process.</summary>
/// <remarks>
/// A worker is part of its pool: what it takes the pool has taken, and what a pool is given one of its workers takes.
/// But what one worker takes no other worker is given, so to be given an event and to have taken it are two steps.
/// </remarks>
internal static class ListeningWay
{
    /// <summary>The way by which an event that a listener gets would reach the target that it listens to.</summary>
    /// <returns>
    /// What it goes through, from the listener to the target; <see langword="null"/> when it does not.
    /// </returns>
    public static IReadOnlyList<IListenable>? Find(IListenable listener, IListenable target, object key)
    {
        if (!MayReach(listener, target))
        {
            return null;
        }

        Step start = new(listener, Taken: false);
        Step end = new(target, Taken: true);
        Dictionary<Step, Step> cameFrom = new() { [start] = start };
        Queue<Step> open = new([start]);
        while (open.TryDequeue(out Step step))
        {
            if (step == end)
            {
                return Names(end, cameFrom);
            }

            foreach (Step next in After(step, key))
            {
                if (cameFrom.TryAdd(next, step))
                {
                    open.Enqueue(next);
                }
            }
        }

        return null;
    }

    /// <summary>
    /// Most targets listen to nothing, so no event is forwarded to them, however many others hear the listener.
    /// </summary>
    private static bool MayReach(IListenable listener, IListenable target)
    {
        IListenable[] whole = [target, .. target.Takers, .. PoolOf(target)];
        return whole.Any(part => part.Listening.Hears > 0 || ReferenceEquals(part, listener));
    }

    private static IEnumerable<Step> After(Step step, object key)
    {
        (IListenable at, bool taken) = step;
        if (!taken)
        {
            return at.Takers.Select(taker => new Step(taker, Taken: true));
        }

        return PoolOf(at)
            .Select(pool => new Step(pool, Taken: true))
            .Concat(
                at.Listening.Taps.SelectMany(tap => tap.ListenersOf(key))
                    .Select(listener => new Step(listener, Taken: false))
            );
    }

    private static IEnumerable<IListenable> PoolOf(IListenable worker) => worker.Pool is IListenable pool ? [pool] : [];

    private static List<IListenable> Names(Step end, Dictionary<Step, Step> cameFrom)
    {
        List<IListenable> names = [];
        for (Step step = end; ; step = cameFrom[step])
        {
            if (names.Count == 0 || !ReferenceEquals(names[0], step.At))
            {
                names.Insert(0, step.At);
            }

            if (cameFrom[step] == step)
            {
                return names;
            }
        }
    }

    private readonly record struct Step(IListenable At, bool Taken);
}
