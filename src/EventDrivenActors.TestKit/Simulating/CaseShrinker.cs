namespace EventDrivenActors.TestKit.Simulating;

/// <summary>
/// Makes a failing run smaller: leaves out faults and turns as long as the run fails in the same way. Its decisions
/// depend on the ends of the runs alone.
/// </summary>
/// <param name="run">Runs a case.</param>
/// <param name="budget">The most runs.</param>
internal sealed class CaseShrinker(Func<SimulationCase, Task<SimulatedEnd>> run, int budget)
{
    /// <summary>The number of runs so far.</summary>
    public int Runs { get; private set; }

    /// <summary>The smallest case so far.</summary>
    public SimulationCase Best { get; private set; } = new(0);

    /// <summary>The end of the smallest case.</summary>
    public SimulatedEnd End { get; private set; } = new(null, [], [], "");

    public async Task ShrinkAsync(SimulationCase failing, SimulatedEnd end)
    {
        Best = failing;
        End = end;
        if (end.Broken is { IsBlocked: true })
        {
            return;
        }

        await TryAsync(failing with { Faults = [], Turns = [], Pieces = false }).ConfigureAwait(false);
        await TryAsync(Best with { Faults = Happened(), Turns = [], Pieces = false }).ConfigureAwait(false);
        await TryAsync(Best with { Faults = Happened(), Turns = End.Deviations }).ConfigureAwait(false);
        await TryAsync(Best with { Pieces = false }).ConfigureAwait(false);
        SimulationCase before;
        do
        {
            before = Best;
            await DropAsync(best => best.Faults ?? [], (best, faults) => best with { Faults = faults })
                .ConfigureAwait(false);
            await DropAsync(best => best.Turns ?? [], (best, turns) => best with { Turns = turns })
                .ConfigureAwait(false);
        } while (!ReferenceEquals(before, Best));
    }

    private int[] Happened() => [.. End.Faults.Select(fault => fault.Number).Order()];

    /// <summary>
    /// Drops as much of a list as possible: all of it, then halves, quarters and so on, from the end.
    /// </summary>
    private async Task DropAsync(
        Func<SimulationCase, IReadOnlyList<int>> list,
        Func<SimulationCase, IReadOnlyList<int>, SimulationCase> with
    )
    {
        for (int chunk = list(Best).Count; chunk > 0; chunk /= 2)
        {
            for (int from = list(Best).Count - chunk; from >= 0; from -= chunk)
            {
                IReadOnlyList<int> all = list(Best);
                await TryAsync(with(Best, [.. all.Take(from), .. all.Skip(from + chunk)])).ConfigureAwait(false);
                from = Math.Min(from, list(Best).Count);
            }

            chunk = Math.Min(chunk, list(Best).Count + 1);
        }
    }

    private async Task TryAsync(SimulationCase candidate)
    {
        if (Runs >= budget || candidate.ToString() == Best.ToString())
        {
            return;
        }

        Runs++;
        SimulatedEnd end = await run(candidate).ConfigureAwait(false);
        if (end.Broken?.Kind != End.Broken!.Kind)
        {
            return;
        }

        // Faults and turns that were allowed but did not happen are not needed.
        Best = candidate with
        {
            Faults = [.. (candidate.Faults ?? []).Intersect(end.Faults.Select(fault => fault.Number))],
            Turns = [.. (candidate.Turns ?? []).Intersect(end.Deviations)],
        };
        End = end;
    }
}
