using EventDrivenActors.Simulation.Notes;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>
/// P10: "WaitForIdleAsync completes at an instant when the queue is empty, no handler runs, and nothing is in flight in
/// the child", so it must not keep waiting while nothing can run and the node is idle. A stopped node is idle when none
/// of its handlers runs on. P8: a drain runs "all accepted, close", so it must not keep waiting, either.
/// </summary>
internal sealed class RestRule : Rule
{
    public override bool NeedsInstants => true;

    public override void Check(RunStory run, List<Breach> found)
    {
        foreach (NodeStory node in run.Nodes)
        {
            if (node.Quiets.Count > 0)
            {
                Check(run, node, found);
            }
        }
    }

    private static void Check(RunStory run, NodeStory node, List<Breach> found)
    {
        OpenCount open = new(run, node);
        Dictionary<int, Note> waits = [];
        Note? said = null;
        int point = 0;

        // A suspended controller runs its shutdown handlers when it resumes.
        bool endsAlone = node.IsPlain && node.Spec is { Vetoes: 0, HearsErrors: false };
        foreach (Note note in node.Notes)
        {
            bool hasRested = false;
            while (point < run.QuietPoints.Count && run.QuietPoints[point] < note.Number)
            {
                point++;
                hasRested = true;
            }

            if (hasRested && said is { Count: 1 })
            {
                if (waits.Count > 0)
                {
                    Note wait = waits.Values.First();
                    found.Add(
                        new Breach(
                            "P10",
                            $"{node.Name} is idle, nothing can run, and a wait for that goes on.",
                            [wait, said]
                        )
                    );
                    return;
                }

                if (
                    endsAlone
                    && said.Text == nameof(ControllerState.Stopping)
                    && open is { Open.Count: 0, Running.Count: 0 }
                )
                {
                    found.Add(
                        new Breach(
                            "P8",
                            $"{node.Name} has run all that it had accepted, nothing can run, and its shutdown goes on.",
                            [said, note]
                        )
                    );
                    return;
                }
            }

            if (
                hasRested
                && endsAlone
                && said is { Count: 0, Text: nameof(ControllerState.Stopped) }
                && open is { Open.Count: 0, Running.Count: 0 }
            )
            {
                found.Add(
                    new Breach(
                        "P10",
                        $"{node.Name} has stopped and has no open event and no running handler, and says that it is "
                            + "not idle.",
                        [said, note]
                    )
                );
                return;
            }

            said = note.Kind == NoteKind.Quiet ? note : said;
            open.See(note);
            if (note.Kind == NoteKind.CallBegun && note.Text.StartsWith("WaitIdle", StringComparison.Ordinal))
            {
                waits[note.Token] = note;
            }
            else if (note.Kind == NoteKind.CallEnded)
            {
                waits.Remove(note.Token);
            }
        }
    }
}
