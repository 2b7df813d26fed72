namespace EventDrivenActors.Waits;

/// <summary>
/// Everything that something needs, read at one instant: decides whether it can come about before a certain end.
/// </summary>
/// <remarks>
/// Needs that can come about are marked, from those that need nothing up to the one that was asked for; those left
/// unmarked are blocked. So a circle is blocked, however long it is, and one free worker serves every wait for its
/// pool. The end blocks a need where the end is enough to free it, or where all that blocks the need needs the end as
/// well.
/// </remarks>
internal sealed class NeedGraph
{
    private const int Root = 0;
    private const int MostReadings = 100;

    // Filled by the constructor; the thread that judges a wait.
    private readonly List<INeed> _nodes = [];
    private readonly List<int[]> _needs = [];
    private readonly Dictionary<INeed, int> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly int _end;

    private NeedGraph(INeed wanted, INeed end, bool certainly)
    {
        List<INeed> needs = [];
        NumberOf(wanted);
        for (int i = 0; i < _nodes.Count; i++)
        {
            needs.Clear();
            if (!ReferenceEquals(_nodes[i], end))
            {
                _nodes[i].AddNeeds(needs, certainly);
            }

            _needs.Add([.. needs.Select(NumberOf)]);
        }

        _end = _numbers.GetValueOrDefault(end, -1);
    }

    /// <summary>Whether <paramref name="wanted"/> can come about before <paramref name="end"/>.</summary>
    /// <param name="wanted">The object of the wait.</param>
    /// <param name="end">The end of the waiter.</param>
    /// <param name="certainly">Whether only certain needs count.</param>
    /// <param name="way">How it needs the end, from what is wanted on; empty unless it can only come about after
    /// it.</param>
    public static NeedVerdict Judge(INeed wanted, INeed end, bool certainly, out IReadOnlyList<INeed> way)
    {
        way = [];
        if (ComesPlainly(wanted, end, certainly))
        {
            return NeedVerdict.Free;
        }

        NeedGraph graph = new(wanted, end, certainly);
        for (int i = 0; ; i++)
        {
            if (graph.Coming(endComes: false)[Root])
            {
                return NeedVerdict.Free;
            }

            // Its parts were read one after the other; only what is still the same in a second reading has held at one
            // instant.
            NeedGraph again = new(wanted, end, certainly);
            if (again.Equals(graph))
            {
                break;
            }

            if (i == MostReadings)
            {
                return NeedVerdict.BlockedElsewhere;
            }

            graph = again;
        }

        if (!graph.Coming(endComes: true)[Root] && !graph.IsBlockedWithTheEnd())
        {
            return NeedVerdict.BlockedElsewhere;
        }

        way = graph.Way();
        return NeedVerdict.OnlyAfter;
    }

    /// <summary>
    /// Follows chains of single needs: nearly all waits are for something that nothing holds up, and need no graph.
    /// </summary>
    private static bool ComesPlainly(INeed wanted, INeed end, bool certainly)
    {
        List<INeed> needs = [];
        INeed next = wanted;
        for (int i = 0; i < 4 && !ReferenceEquals(next, end); i++)
        {
            needs.Clear();
            next.AddNeeds(needs, certainly);
            if (needs.Count != 1)
            {
                return needs.Count == 0;
            }

            next = needs[0];
        }

        return false;
    }

    private int NumberOf(INeed need)
    {
        if (!_numbers.TryGetValue(need, out int number))
        {
            number = _nodes.Count;
            _numbers.Add(need, number);
            _nodes.Add(need);
        }

        return number;
    }

    /// <summary>Marks what can come about, with the end or without it.</summary>
    private bool[] Coming(bool endComes)
    {
        bool[] comes = new bool[_nodes.Count];
        int[] missing = [.. _needs.Select(needs => needs.Length)];
        ILookup<int, int> neededBy = NeededBy();
        Stack<int> marked = new();
        for (int i = 0; i < _nodes.Count; i++)
        {
            if (i == _end ? endComes : missing[i] == 0)
            {
                Mark(i);
            }
        }

        while (marked.TryPop(out int one))
        {
            foreach (int by in neededBy[one])
            {
                if (--missing[by] == 0 || _nodes[by].OneIsEnough)
                {
                    Mark(by);
                }
            }
        }

        return comes;

        void Mark(int node)
        {
            if (!comes[node])
            {
                comes[node] = true;
                marked.Push(node);
            }
        }
    }

    /// <summary>
    /// Whether all that blocks what is wanted needs the end. Then nothing elsewhere can be ended first: several such
    /// waits would each take the others for the cause.
    /// </summary>
    private bool IsBlockedWithTheEnd()
    {
        bool[] comes = Coming(endComes: false);
        ILookup<int, int> neededBy = NeededBy();
        HashSet<int> heldUp = Blocked(_end, one => neededBy[one]);
        return Blocked(Root, one => _needs[one]).IsSubsetOf(heldUp);

        HashSet<int> Blocked(int from, Func<int, IEnumerable<int>> next)
        {
            HashSet<int> all = [from];
            Stack<int> open = new(all);
            while (open.TryPop(out int one))
            {
                foreach (int other in next(one))
                {
                    if (!comes[other] && all.Add(other))
                    {
                        open.Push(other);
                    }
                }
            }

            return all;
        }
    }

    private ILookup<int, int> NeededBy() =>
        _needs.SelectMany((needs, by) => needs.Select(need => (need, by))).ToLookup(pair => pair.need, pair => pair.by);

    /// <summary>The shortest way through what is blocked, from what is wanted to the end.</summary>
    private List<INeed> Way()
    {
        bool[] comes = Coming(endComes: false);
        int[] cameFrom = new int[_nodes.Count];
        Array.Fill(cameFrom, -1);
        Queue<int> open = new([Root]);
        while (open.TryDequeue(out int one) && one != _end)
        {
            foreach (int need in _needs[one])
            {
                if (!comes[need] && cameFrom[need] < 0 && need != Root)
                {
                    cameFrom[need] = one;
                    open.Enqueue(need);
                }
            }
        }

        List<INeed> way = [];
        for (int one = _end; one >= 0; one = cameFrom[one])
        {
            way.Insert(0, _nodes[one]);
        }

        return way;
    }

    private bool Equals(NeedGraph other) =>
        _nodes.SequenceEqual(other._nodes, ReferenceEqualityComparer.Instance)
        && _needs.Zip(other._needs, (mine, theirs) => mine.AsSpan().SequenceEqual(theirs)).All(same => same);
}
