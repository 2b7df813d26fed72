using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Tests;

/// <summary>Programs that tests need.</summary>
internal static class Samples
{
    /// <summary>One controller, one client, an event that returns and one that throws.</summary>
    public static SimProgram Small { get; } =
        new(
            7,
            [new NodeSpec { Name = "n0", Keys = [new KeySpec("k0", HandlerShape.Task)] }],
            [
                new ClientSpec([
                    new Step(StepKind.Run),
                    Dispatch(0, new Work(1, -1, [new Act(ActKind.Yield)])),
                    Dispatch(0, new Work(2, -1, [new Act(ActKind.Throw)])),
                    new Step(StepKind.AwaitAll),
                ]),
            ],
            []
        );

    /// <summary>Each kind of step, act, fault, adapter, hook and shape.</summary>
    public static SimProgram Everything { get; } = MakeEverything();

    public static Step Dispatch(int node, Work work) => new(StepKind.Dispatch, node) { Key = "k0", Works = [work] };

    private static SimProgram MakeEverything()
    {
        int id = 0;
        KeySpec[] keys =
        [
            .. Enum.GetValues<HandlerShape>()
                .SelectMany(shape => Enum.GetValues<HookKind>().Select(hook => (shape, hook)))
                .Select(
                    (pair, index) =>
                        new KeySpec($"k{index}", pair.shape, pair.hook, After: index % 2 == 0, Twice: index % 3 == 0)
                ),
        ];
        Act[] Acts(int depth) =>
            [
                .. Enum.GetValues<ActKind>()
                    .SelectMany(
                        kind => kind is ActKind.Call ? Enumerable.Range(0, 8) : [0],
                        (kind, form) =>
                            new Act(kind, form % 2 - 1, form)
                            {
                                Key = "k1",
                                Inner =
                                    depth < 1 && kind is ActKind.Call or ActKind.Send or ActKind.Raise
                                        ? new Work(++id, 3, Acts(depth + 1))
                                        : null,
                            }
                    )
                    .Where(act =>
                        act.Kind is not (ActKind.Call or ActKind.Send or ActKind.Raise) || act.Inner is not null
                    ),
            ];
        Step[] steps =
        [
            .. from kind in Enum.GetValues<StepKind>()
            from node in (int[])[0, 1, 2]
            from key in keys
            where key.Key == "k0" || kind == StepKind.Dispatch
            select new Step(kind, node)
            {
                Key = key.Key,
                Amount = 1,
                Timeout = 30,
                CancelAfter = 5,
                Awaited = key.Key != "k0",
                Works = [new Work(++id, 1, Acts(0))],
            },
        ];
        NodeSpec Node(int index, ChildSpec? child) =>
            new()
            {
                Name = $"n{index}",
                Workers = index,
                Routing = PoolRouting.ConsistentHash,
                Capacity = 2,
                FullMode = QueueFullMode.DropOldest,
                ThrowWhenSuspended = true,
                EventTimeout = 100,
                Timer = 10,
                Adapters = Enum.GetValues<AdapterKind>(),
                Keys = child is null ? keys : [],
                HearsErrors = true,
                HasOtherwise = true,
                Vetoes = 1,
                Child = child,
            };
        ChildSpec child = new()
        {
            Workers = 2,
            Keys = keys,
            Idempotent = ["k1"],
            MaxAttempts = 2,
            MaxInFlight = 5,
            EventTimeout = 50,
            KillOnTimeout = true,
            Spare = true,
            RecycleAfter = 3,
        };
        string[] faults =
        [
            "DieBefore",
            "DieAfter",
            "DieAtSentByte",
            "DieAtReceivedByte",
            "Freeze",
            "Starve",
            "FailToStart",
            "ExitBefore",
            "Late",
            "Doubled",
            "Forged",
            "LateAfterDeath",
        ];
        return new SimProgram(
            1,
            [Node(0, null), Node(1, child), Node(0, child) with { Name = "n2" }],
            [new ClientSpec(steps), new ClientSpec([])],
            [
                .. from kind in faults
                from word in (string[])["Ready", "Call", "Started", "Settled"]
                select new FaultSpec(2, kind, word, 1, 20),
            ]
        );
    }
}
