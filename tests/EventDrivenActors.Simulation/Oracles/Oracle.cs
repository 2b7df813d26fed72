using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>Finds the promises of the contract that a run has broken, by the notes of the run alone.</summary>
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
    /// <param name="program">The program that ran.</param>
    /// <param name="notes">The notes that it wrote.</param>
    /// <param name="isReal">Whether it ran on real threads and processes; then notes of different threads may be a
    /// moment late, and rules that need exact instants are left out.</param>
    /// <returns>The broken promises; empty for a good run.</returns>
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
