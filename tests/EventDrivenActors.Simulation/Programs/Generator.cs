namespace EventDrivenActors.Simulation.Programs;

/// <summary>Makes a program from a seed.</summary>
/// <remarks>
/// Most programs are small, because small ones meet each other's neighbours more often in the same time; each has one
/// or two themes, so that rare things come together.
/// </remarks>
internal sealed partial class Generator
{
    private const int Keys = 5;
    private readonly Random _random;
    private readonly int _seed;
    private readonly Theme _theme;
    private int _works;
    private List<NodeSpec> _nodes = [];

    private Generator(int seed)
    {
        _seed = seed;
        // Neighbouring seeds of one generator would begin alike.
        _random = new Random((seed * 7919) ^ 0x5EED);
        _theme = (Theme)(1 << _random.Next(Themes)) | (_random.Next(3) == 0 ? (Theme)(1 << _random.Next(Themes)) : 0);
    }

    [Flags]
    private enum Theme
    {
        Plain = 1,
        Pools = 2,
        Children = 4,
        Waits = 8,
        Listening = 16,
        Timers = 32,
        Adapters = 64,
        Ends = 128,
        Suspending = 256,
        Room = 512,
        Times = 1024,
    }

    private const int Themes = 11;

    /// <summary>The program of a seed; the same each time.</summary>
    public static SimProgram Make(int seed) => new Generator(seed).Make();

    private SimProgram Make()
    {
        int count = Is(Theme.Waits | Theme.Listening) ? 2 + _random.Next(2) : 1 + (_random.Next(3) == 0 ? 1 : 0);
        _nodes = [.. Enumerable.Range(0, count).Select(MakeNode)];
        ClientSpec[] clients = [.. Enumerable.Range(0, 1 + _random.Next(3)).Select(index => MakeClient(index == 0))];
        FaultSpec[] faults =
        [
            .. Enumerable
                .Range(0, _nodes.Count)
                .Where(node => _nodes[node].Child is not null && Chance(60))
                .SelectMany(MakeFaults),
        ];
        return new SimProgram(_seed, _nodes, clients, faults);
    }

    private bool Is(Theme theme) => (_theme & theme) != 0;

    private bool Chance(int percent) => _random.Next(100) < percent;

    private T Pick<T>(params ReadOnlySpan<T> all) => all[_random.Next(all.Length)];

    private NodeSpec MakeNode(int index)
    {
        bool isPool = Is(Theme.Pools) ? Chance(75) : Chance(20);
        bool hasChild = Is(Theme.Children) && (index == 0 || Chance(30));
        PoolRouting routing =
            isPool && Chance(35)
                ? Pick(
                    PoolRouting.PlainRoundRobin,
                    PoolRouting.SmallestMailbox,
                    PoolRouting.ConsistentHash,
                    PoolRouting.Broadcast
                )
                : PoolRouting.RoundRobin;
        int? capacity =
            (Is(Theme.Room) ? Chance(80) : Chance(10)) && routing != PoolRouting.Broadcast ? 1 + _random.Next(4) : null;
        KeySpec[] keys = [.. Enumerable.Range(0, Keys - 1).Select(key => MakeKey($"k{key}"))];
        int here = hasChild ? _random.Next(3) : keys.Length;
        return new NodeSpec
        {
            Name = $"n{index}",
            Workers = isPool ? 1 + _random.Next(3) : 0,
            Routing = routing,
            Capacity = capacity,
            FullMode = capacity is null
                ? QueueFullMode.Wait
                : Pick(QueueFullMode.Wait, QueueFullMode.Wait, QueueFullMode.DropOldest, QueueFullMode.DropNewest),
            ThrowWhenSuspended = Chance(10),
            EventTimeout = (Is(Theme.Times) ? Chance(70) : Chance(8)) ? Pick(20, 50, 200, 2_000) : null,
            Child = hasChild ? MakeChild(keys[here..]) : null,
            Timer = Is(Theme.Timers) && Chance(70) ? Pick(50, 100, 300, 1_000) : null,
            Adapters = Is(Theme.Adapters)
                ? [.. Enumerable.Range(0, 1 + _random.Next(2)).Select(_ => (AdapterKind)_random.Next(8)).Distinct()]
                : [],
            Keys = keys[..here],
            HearsErrors = Chance(40),
            HasOtherwise = !hasChild && Chance(20),
            Vetoes = Is(Theme.Ends) && Chance(30) ? 1 : 0,
        };
    }

    private KeySpec MakeKey(string key) =>
        new(
            key,
            Pick(HandlerShape.Sync, HandlerShape.Task, HandlerShape.Task, HandlerShape.ValueTask, HandlerShape.Nested),
            Chance(12) ? Pick(HookKind.Plain, HookKind.SkipsEven, HookKind.ThrowsThird) : HookKind.None,
            After: Chance(10),
            Twice: Chance(8)
        );

    private ChildSpec MakeChild(KeySpec[] keys) =>
        new()
        {
            Workers = Pick(1, 1, 1, 2, 3),
            Keys = keys,
            Idempotent = [.. keys.Where(_ => Chance(35)).Select(key => key.Key)],
            MaxAttempts = Pick(1, 2, 3, 3),
            MaxInFlight = Chance(30) ? Pick(1, 2, 5) : null,
            EventTimeout = (Is(Theme.Times) ? Chance(70) : Chance(15)) ? Pick(50, 200, 2_000) : null,
            KillOnTimeout = Chance(50),
            Spare = Chance(20),
            RecycleAfter = Chance(20) ? 1 + _random.Next(4) : null,
            MaxPayload = Chance(8) ? 20_000 : null,
            MemoryLimit = Chance(12) ? 100 : null,
            NestedKeys = Chance(15) ? [MakeKey("k8") with { Before = HookKind.None }] : [],
        };

    private IEnumerable<FaultSpec> MakeFaults(int node)
    {
        for (int count = 1 + _random.Next(3); count > 0; count--)
        {
            string kind = Pick<string>(FaultNames.Kinds);

            // The parent never sends a message twice, and it does not trust a child, which may.
            yield return new FaultSpec(
                node,
                kind,
                Pick<string>(kind == "Doubled" ? FaultNames.WordsOfChildren : FaultNames.Words),
                1 + _random.Next(4),
                Pick(0, 1, 3, 17, 200, 1_000, 5_000, 30_000)
            );
        }
    }
}
