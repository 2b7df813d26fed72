using EventDrivenActors.TestKit.Children;

namespace EventDrivenActors.TestKit.Simulating;

/// <summary>The faults of a seed. Each has a number, the same in each run of the seed with these options.</summary>
internal sealed class SeededFaults(int seed, SimulationOptions options)
{
    /// <summary>
    /// The numbers reserved for the faults of the moments, and for those of each controller with a child.
    /// </summary>
    private const int Most = 3;

    private static readonly SimulatedWord[] Words =
    [
        SimulatedWord.Call,
        SimulatedWord.Call,
        SimulatedWord.Started,
        SimulatedWord.Started,
        SimulatedWord.Settled,
        SimulatedWord.Settled,
        SimulatedWord.Hello,
        SimulatedWord.Ready,
        SimulatedWord.Raise,
        SimulatedWord.Progress,
    ];

    private readonly SimulatedFaultKind[] _kinds =
    [
        .. Where(
            options.ChildDeaths,
            SimulatedFaultKind.DieBefore,
            SimulatedFaultKind.DieBefore,
            SimulatedFaultKind.DieAfter,
            SimulatedFaultKind.DieAfter,
            SimulatedFaultKind.LateAfterDeath,
            SimulatedFaultKind.ExitBefore,
            SimulatedFaultKind.DieAtSentByte,
            SimulatedFaultKind.DieAtReceivedByte
        ),
        .. Where(options.FailedStarts, SimulatedFaultKind.FailToStart),
        .. Where(options.LateWords, SimulatedFaultKind.Late, SimulatedFaultKind.Late),
        .. Where(options.Freezes, SimulatedFaultKind.Freeze, SimulatedFaultKind.Starve),
    ];

    private readonly MomentFaultKind[] _moments =
    [
        .. Where(options.ClockJumps, MomentFaultKind.Jump),
        .. Where(options.ChildDeaths, MomentFaultKind.Kill),
        .. Where(options.Freezes, MomentFaultKind.Freeze),
    ];

    /// <summary>The faults that happen when nothing else can; their numbers start at 1.</summary>
    public IEnumerable<(int Number, MomentFault Fault)> OfMoments()
    {
        Random random = Chance.RandomAt(seed, 0);
        for (int i = 1; i <= Count(random, _moments); i++)
        {
            MomentFaultKind kind = Pick(random, _moments);
            yield return (
                i,
                new MomentFault(
                    kind,
                    1 + random.Next(10),
                    kind == MomentFaultKind.Jump
                        ? Pick(random, 50, 1_000, 15_000, 300_000)
                        : Pick(random, 500, 4_000, 20_000),
                    random.Next(64)
                )
            );
        }
    }

    /// <summary>The faults of the children of a controller.</summary>
    /// <param name="place">The index of the controller among those with children.</param>
    public IEnumerable<(int Number, SimulatedFault Fault)> OfChildren(int place)
    {
        Random random = Chance.RandomAt(seed, 1 + place);
        for (int i = 1; i <= Count(random, _kinds); i++)
        {
            yield return ((Most * (1 + place)) + i, Make(random));
        }
    }

    /// <summary>
    /// Draws the number of faults. Some seeds have none, so that they find the failures that need none.
    /// </summary>
    private static int Count<T>(Random random, T[] kinds)
    {
        int count = random.Next(Most + 1);
        return kinds.Length == 0 ? 0 : count;
    }

    private static T[] Where<T>(bool isOn, params T[] kinds) => isOn ? kinds : [];

    private static T Pick<T>(Random random, params ReadOnlySpan<T> all) => all[random.Next(all.Length)];

    private SimulatedFault Make(Random random)
    {
        SimulatedFaultKind kind = Pick(random, _kinds);
        SimulatedWord word = Pick(random, Words);
        int nth = word is SimulatedWord.Hello or SimulatedWord.Ready ? 1 : 1 + random.Next(4);
        int amount = kind switch
        {
            SimulatedFaultKind.DieAtSentByte or SimulatedFaultKind.DieAtReceivedByte => random.Next(1_500),
            SimulatedFaultKind.ExitBefore => Pick(random, 0, 1, 3),
            SimulatedFaultKind.Late => Pick(random, 1, 20, 300, 5_000),
            SimulatedFaultKind.LateAfterDeath => Pick(random, -1, 100, 2_000),
            SimulatedFaultKind.Freeze or SimulatedFaultKind.Starve => Pick(random, 500, 4_000, 20_000),
            _ => 0,
        };
        bool hasWord =
            kind
            is not (
                SimulatedFaultKind.DieAtSentByte
                or SimulatedFaultKind.DieAtReceivedByte
                or SimulatedFaultKind.FailToStart
            );
        return new SimulatedFault(kind, hasWord ? word : SimulatedWord.None, hasWord ? nth : 1, amount);
    }
}
