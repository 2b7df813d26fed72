using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>
/// P10: "WaitForIdleAsync completes at an instant when the queue is empty, no handler runs, and nothing is in flight in
/// the child": one between its call and its end.
/// </summary>
internal sealed class IdleRule : Rule
{
    public override bool NeedsInstants => true;

    public override void Check(RunStory run, List<Breach> found)
    {
        foreach (NodeStory node in run.Nodes)
        {
            if (node.Notes.Exists(note => note.Text.StartsWith("WaitIdle", StringComparison.Ordinal)))
            {
                Check(run, node, found);
            }
        }
    }

    /// <summary>Handlers that outlive an abort no longer belong to the node, and a stopped node is idle.</summary>
    private static bool IsEnding(NodeStory node, int at)
    {
        bool isEnding = false;
        foreach (CallStory call in node.Calls)
        {
            // A call of Run while the node shuts down does not start a run.
            bool begins =
                call.Kind == StepKind.Run
                && !node.Calls.Exists(other =>
                    other.Kind == StepKind.Shutdown
                    && other.Begun.Number < call.Begun.Number
                    && other.End > call.Begun.Number
                );
            if (call.Begun.Number < at)
            {
                isEnding = (isEnding || call.Kind == StepKind.Shutdown) && !begins;
            }
        }

        return isEnding;
    }

    /// <summary>
    /// A node that has ended is idle. The note of the end of a wait comes a moment later, perhaps when the node runs
    /// again.
    /// </summary>
    private static bool HasEnded(RunStory run, NodeStory node, Note begun, Note note) =>
        node.Calls.Exists(call =>
            call is { Kind: StepKind.Shutdown, Succeeded: true, Vetoed: false, UnderWay: false, Ended: { } ended }
            && ended.Number > begun.Number
            && ended.Number < note.Number
            && run.Instant(ended) == run.Instant(note)
        );

    private static void Check(RunStory run, NodeStory node, List<Breach> found)
    {
        OpenCount open = new(run, node);
        Dictionary<int, Note> waits = [];

        // The last note at which nothing was open.
        int idle = 0;
        foreach (Note note in node.Notes)
        {
            idle = open.IsNoneAt(note) ? note.Number : idle;
            open.See(note);
            idle = open.IsNoneAt(note) ? note.Number : idle;
            bool isWait =
                note.Kind is NoteKind.CallBegun or NoteKind.WaitBegun
                && note.Text.StartsWith("WaitIdle", StringComparison.Ordinal);
            if (isWait)
            {
                waits[note.Token] = note;
            }
            else if (
                note.Kind is NoteKind.CallEnded or NoteKind.WaitEnded
                && note.Text.EndsWith("ended", StringComparison.Ordinal)
                && waits.Remove(note.Token, out Note? begun)
                && idle < begun.Number
                && !IsEnding(node, note.Number)
                && run.SystemEnded > note.Number
                && !node.FailsWith(run, note)
                && !HasEnded(run, node, begun, note)
            )
            {
                found.Add(
                    new Breach(
                        "P10",
                        $"A wait for {node.Name} to be idle ended, and it was never idle meanwhile: "
                            + $"{string.Join(", ", open.Open.Take(5).Select(story => $"#{story.Work}"))} were open.",
                        [begun, note, .. open.Open.Take(5).Select(story => story.Accepted)]
                    )
                );
            }
        }
    }
}
