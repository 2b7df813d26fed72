using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>
/// Knows the contract, and says which of its promises a run has broken. It knows a run by its notes alone.
/// </summary>
internal static class Oracle
{
    private static readonly Rule[] Rules =
    [
        new SettlementRule(),
        new EndRule(),
        new ResultRule(),
        new OneAtATimeRule(),
        new OrderRule(),
        new DeliveryRule(),
        new ChildLostRule(),
        new ErrorRule(),
        new ShutdownRule(),
        new ReportRule(),
        new CleanRule(),
        new SuspensionRule(),
        new IdleRule(),
        new PendingRule(),
        new ReadyRule(),
        new QuietRule(),
        new CapacityRule(),
        new RefusalRule(),
        new TimerRule(),
        new StartRule(),
        new TokenRule(),
        new TimeoutRule(),
        new WaitRule(),
        new LeftoverRule(),
        new RestRule(),
        new MissRule(),
    ];

    /// <summary>Checks a run.</summary>
    /// <param name="program">What was run.</param>
    /// <param name="notes">What it wrote down.</param>
    /// <param name="isReal">Whether it ran on real threads and processes; then notes of different threads may be a
    /// moment late, and rules that need exact instants are left out.</param>
    /// <returns>What was broken; empty for a good run.</returns>
    public static IReadOnlyList<Breach> Check(SimProgram program, IReadOnlyList<Note> notes, bool isReal = false)
    {
        RunStory run = new(program, notes, isReal);
        List<Breach> found = [];
        foreach (Rule rule in Rules)
        {
            if (!isReal || !rule.NeedsInstants)
            {
                rule.Check(run, found);
            }
        }

        return found;
    }
}
