using EventDrivenActors.Simulation.Oracles;

namespace EventDrivenActors.Simulation.Running;

/// <summary>Runs one program after the other, and hands over the failures.</summary>
/// <param name="handOver">Takes the failures.</param>
/// <param name="isReal">Whether the programs run on real threads and processes.</param>
/// <param name="stopAtFirst">Whether the first failure ends it.</param>
internal sealed class Explorer(HandOver handOver, bool isReal, bool stopAtFirst = false)
{
    /// <summary>Failures of one promise that are shrunk and printed; more of them are only counted and named.</summary>
    private const int Printed = 3;

    private static readonly TimeSpan Saying = TimeSpan.FromSeconds(10);
    private readonly Watchdog _watchdog = new();
    private readonly Dictionary<string, int> _broken = [];

    /// <summary>How many programs have run.</summary>
    public int Programs { get; private set; }

    /// <summary>How many of them were broken.</summary>
    public int Broken { get; private set; }

    /// <summary>The promise of the first failure.</summary>
    public string? FirstPromise { get; private set; }

    /// <summary>The seed of the first failure.</summary>
    public int FirstSeed { get; private set; }

    /// <summary>Runs seeds until there are none, or the time is over.</summary>
    public void Explore(IEnumerable<int> seeds, TimeLimit limit)
    {
        TimeSpan said = TimeSpan.Zero;
        foreach (int seed in seeds)
        {
            if (limit.IsOver || (stopAtFirst && Broken > 0))
            {
                return;
            }

            _watchdog.Feed($"the program of seed {seed}");
            Trial trial = Trial.Of(seed, isReal);
            Programs++;
            if (trial.IsBroken)
            {
                Report(trial);
            }

            if (limit.Elapsed - said > Saying)
            {
                said = limit.Elapsed;
                Console.WriteLine(
                    $"{Programs} programs, {Broken} broken, at seed {seed}, {Programs / limit.Elapsed.TotalMinutes:0} "
                        + "a minute"
                );
            }
        }
    }

    private void Report(Trial trial)
    {
        Broken++;
        Breach breach = trial.Breaches[0];
        if (FirstPromise is null)
        {
            (FirstPromise, FirstSeed) = (breach.Promise, trial.Program.Seed);
        }

        int count = _broken[breach.Promise] = _broken.GetValueOrDefault(breach.Promise) + 1;
        Console.WriteLine(HandOver.Words(trial));
        if (count <= Printed)
        {
            Console.WriteLine(
                handOver.Write(trial, () => _watchdog.Feed($"the shrinking of seed {trial.Program.Seed}"))
            );
        }
    }
}
