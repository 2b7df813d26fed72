using EventDrivenActors.Simulation.Notes;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>
/// P15: a wait inside a handler that could only end after the handler itself has ended throws SelfAwaitException at
/// once. "Nothing else that is not a cycle is ever reported."
/// </summary>
/// <remarks>
/// In the task of a task, and where a thread blocks, the library cannot see at once whether the handler itself waits.
/// It looks again within milliseconds, and after five seconds the wait counts.
/// </remarks>
internal sealed class WaitRule : Rule
{
    private const double Moment = 10;

    public override bool NeedsInstants => true;

    public override void Check(RunStory run, List<Breach> found)
    {
        // The refused waits, by their tokens.
        Dictionary<int, Note> refused = [];
        bool hasWaits = false;
        foreach (Note note in run.Notes)
        {
            hasWaits |= note.Kind == NoteKind.WaitBegun;
            if (
                note.Kind == NoteKind.WaitEnded
                && note.Text.StartsWith(nameof(SelfAwaitException), StringComparison.Ordinal)
            )
            {
                refused[note.Token] = note;
            }
        }

        if (hasWaits)
        {
            Check(run, refused, found);
        }
    }

    private static void Check(RunStory run, Dictionary<int, Note> refused, List<Breach> found)
    {
        WaitGraph graph = new(run);
        HashSet<int> right = [];
        Dictionary<int, Note> standing = [];
        HashSet<int> told = [];
        int point = 0;
        Note last = run.Notes[0];
        foreach (Note note in run.Notes)
        {
            while (point < run.QuietPoints.Count && run.QuietPoints[point] < note.Number)
            {
                point++;
                if (note.Number == run.QuietPoints[point - 1] + 1)
                {
                    See(graph, standing, last);
                    CheckStanding(run, graph, standing, refused, told, note, found);
                }
            }

            last = note;

            if (note.Kind == NoteKind.WaitEnded && refused.ContainsKey(note.Token) && !right.Contains(note.Token))
            {
                CheckRefused(run, graph, note, found);
            }

            graph.See(note);
            if (refused.Count > 0 && note.Kind is NoteKind.WaitBegun or NoteKind.Accepted or NoteKind.Started)
            {
                foreach (Note wait in graph.Waits)
                {
                    if (
                        refused.ContainsKey(wait.Token)
                        && !right.Contains(wait.Token)
                        && graph.IsCycle(wait, isCertain: false)
                    )
                    {
                        right.Add(wait.Token);
                    }
                }
            }
        }
    }

    /// <summary>Keeps the last note before the first instant since which a wait has been one of a cycle.</summary>
    private static void See(WaitGraph graph, Dictionary<int, Note> standing, Note last)
    {
        HashSet<int> cycles =
        [
            .. graph.Waits.Where(wait => graph.IsCycle(wait, isCertain: true)).Select(wait => wait.Token),
        ];
        foreach (int ended in standing.Keys.Except(cycles).ToList())
        {
            standing.Remove(ended);
        }

        foreach (int cycle in cycles)
        {
            standing.TryAdd(cycle, last);
        }
    }

    /// <summary>The clock moves on by more than a moment, so a refusal no longer comes "at once".</summary>
    private static void CheckStanding(
        RunStory run,
        WaitGraph graph,
        Dictionary<int, Note> standing,
        Dictionary<int, Note> refused,
        HashSet<int> told,
        Note note,
        List<Breach> found
    )
    {
        foreach (Note wait in graph.Waits)
        {
            // Once one wait of a cycle is refused, the others are no cycle.
            bool isSoon = graph.Waits.Any(one =>
                refused.TryGetValue(one.Token, out Note? end) && Took(run, one, end) <= Moment
            );
            if (
                told.Count == 0
                && !isSoon
                && standing.TryGetValue(wait.Token, out Note? since)
                && Took(run, since, note) > Moment
                && told.Add(wait.Token)
            )
            {
                found.Add(
                    new Breach(
                        "P15",
                        $"The handler of #{wait.Work} waits ({wait.Text}) for what can only come after it has ended, "
                            + "and is not refused.",
                        [.. graph.Waits]
                    )
                );
            }
        }
    }

    private static double Took(RunStory run, Note begun, Note ended) =>
        ended.At - begun.At - run.Jumps(begun.Number, ended.Number);

    private static void CheckRefused(RunStory run, WaitGraph graph, Note ended, List<Breach> found)
    {
        // The awaited event may itself have failed in this way.
        bool isHanded =
            run.Event((int)ended.Count) is { Status: PendingStatus.Faulted, Settled: { } settled }
            && settled.Number < ended.Number
            && settled.Text.Contains(nameof(SelfAwaitException), StringComparison.Ordinal);
        Note? begun = graph.Waits.FirstOrDefault(wait => wait.Token == ended.Token);
        if (!isHanded && begun is not null && !graph.IsCycle(begun, isCertain: false))
        {
            found.Add(
                new Breach(
                    "P15",
                    $"The handler of #{ended.Work} was refused to wait ({begun.Text}), and nothing that it waits for "
                        + "needs its end.",
                    [begun, ended, .. graph.Waits.Where(wait => wait != begun)]
                )
            );
        }
    }
}
