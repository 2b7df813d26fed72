using EventDrivenActors.Waits;

namespace EventDrivenActors.Pure.Tests.Waits;

/// <summary>
/// Loops, some with a running event; pools of them; and waits of those events, each for an event that runs or is queued
/// in a loop or a pool.
/// </summary>
internal sealed class WaitTopology
{
    private readonly bool[] _running;
    private readonly int[] _pools;
    private readonly (int By, bool ForRunning, int Of)[] _waits;
    private readonly Part[] _events;
    private readonly Part[] _loops;
    private readonly Part[] _queues;
    private readonly Part[] _wanted;

    public WaitTopology(bool[] running, int[] pools, (int By, bool ForRunning, int Of)[] waits)
    {
        (_running, _pools, _waits) = (running, pools, waits);
        _events = [.. running.Select(_ => new Part())];
        _loops = [.. running.Select((runs, i) => new Part(needs => needs.AddRange(runs ? [_events![i]] : [])))];
        _queues =
        [
            .. pools.Select(members => new Part(needs => needs.AddRange(_loops!.Where((_, i) => IsIn(members, i))))
            {
                OneIsEnough = true,
            }),
        ];
        _wanted =
        [
            .. waits.Select(wait => new Part(needs =>
                needs.Add(
                    wait.Of >= running.Length ? _queues![wait.Of - running.Length]
                    : wait.ForRunning && running[wait.Of] ? _events![wait.Of]
                    : _loops![wait.Of]
                )
            )),
        ];
        foreach (int wait in OpenWaits)
        {
            _events[waits[wait].By].Add += needs => needs.Add(_wanted[wait]);
        }
    }

    /// <summary>Those whose event runs.</summary>
    public IEnumerable<int> OpenWaits => Enumerable.Range(0, _waits.Length).Where(i => _running[_waits[i].By]);

    public INeed WantedBy(int wait) => _wanted[wait];

    public INeed EventOf(int wait) => _events[_waits[wait].By];

    /// <summary>
    /// Whether some schedule settles what a wait is for, if its own event may end, whatever else it waits for, or may
    /// not.
    /// </summary>
    public bool Comes(int wait, bool ends) => Reaches(0, [], wait, ends);

    /// <summary>
    /// Whether all running events that hold it up, directly or through others, are held up by its own event as well,
    /// while that may not end.
    /// </summary>
    public bool IsHeldByItsOwnEventAlone(int wait)
    {
        int own = _waits[wait].By;
        int ended = 0;
        for (int last = -1; last != ended;)
        {
            last = ended;
            for (int i = 0; i < _running.Length; i++)
            {
                bool mayEnd =
                    _running[i]
                    && i != own
                    && OpenWaits.Where(other => _waits[other].By == i).All(other => Settles(other, last));
                ended |= mayEnd ? 1 << i : 0;
            }
        }

        return HeldUpBy(wait).All(one => IsHeldUp(one, []));

        IEnumerable<int> HeldUpBy(int one) => Closure(BlockersOf(one));

        bool IsHeldUp(int one, HashSet<int> seen) =>
            one == own || (seen.Add(one) && Next(one).Any(next => IsHeldUp(next, seen)));

        HashSet<int> Closure(IEnumerable<int> from)
        {
            HashSet<int> all = [.. from];
            while (all.SelectMany(Next).ToHashSet() is var more && !more.IsSubsetOf(all))
            {
                all.UnionWith(more);
            }

            return all;
        }

        IEnumerable<int> Next(int one) =>
            one == own ? [] : OpenWaits.Where(other => _waits[other].By == one).SelectMany(BlockersOf);

        IEnumerable<int> BlockersOf(int other)
        {
            int of = _waits[other].Of;
            return Settles(other, ended) ? []
                : of < _running.Length ? [of]
                : Enumerable.Range(0, _running.Length).Where(i => IsIn(_pools[of - _running.Length], i));
        }
    }

    public override string ToString() =>
        $"running [{string.Join(", ", _running)}], pools [{string.Join(", ", _pools)}], waits "
        + $"[{string.Join(", ", _waits)}]";

    private static bool IsIn(int members, int loop) => (members & (1 << loop)) != 0;

    /// <summary>Tries every order in which running events can end.</summary>
    /// <param name="ended">Those that have.</param>
    /// <param name="seen">The states that were tried.</param>
    /// <param name="wait">The wait in question.</param>
    /// <param name="ends">Whether its event may end.</param>
    private bool Reaches(int ended, HashSet<int> seen, int wait, bool ends)
    {
        if (!seen.Add(ended))
        {
            return false;
        }

        if (Settles(wait, ended))
        {
            return true;
        }

        for (int i = 0; i < _running.Length; i++)
        {
            bool isOwn = i == _waits[wait].By;
            bool mayEnd =
                _running[i]
                && !IsIn(ended, i)
                && (isOwn ? ends : OpenWaits.Where(other => _waits[other].By == i).All(other => Settles(other, ended)));
            if (mayEnd && Reaches(ended | (1 << i), seen, wait, ends))
            {
                return true;
            }
        }

        return false;
    }

    private bool Settles(int wait, int ended)
    {
        (_, _, int of) = _waits[wait];
        if (of < _running.Length)
        {
            // One that runs must end; one that is queued is taken when that has, and ends by itself.
            return IsFree(of, ended);
        }

        int members = _pools[of - _running.Length];
        return members == 0 || Enumerable.Range(0, _running.Length).Any(i => IsIn(members, i) && IsFree(i, ended));
    }

    private bool IsFree(int loop, int ended) => !_running[loop] || IsIn(ended, loop);

    private sealed class Part(Action<List<INeed>>? add = null) : INeed
    {
        public Action<List<INeed>>? Add { get; set; } = add;

        public bool OneIsEnough { get; init; }

        public void AddNeeds(List<INeed> needs, bool certainly) => Add?.Invoke(needs);
    }
}
