using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>
/// P11: Dispatch throws QueueFullException only where the queue is full; section 1: it throws ControllerClosedException
/// only after a shutdown. An event that was refused never runs.
/// </summary>
internal sealed class RefusalRule : Rule
{
    public override bool NeedsInstants => true;

    public override void Check(RunStory run, List<Breach> found)
    {
        foreach (NodeStory node in run.Nodes)
        {
            foreach (Note note in node.Notes)
            {
                if (note.Kind == NoteKind.Refused && Why(run, node, note) is { } why)
                {
                    found.Add(
                        new Breach(
                            why.Promise,
                            $"The event '{note.Key}' #{note.Work} was refused by {node.Name} with '{note.Text}', "
                                + $"{why.Sentence}.",
                            [note]
                        )
                    );
                }
            }
        }
    }

    private static (string Promise, string Sentence)? Why(RunStory run, NodeStory node, Note refused)
    {
        // A pool whose workers have queues of their own queues a batch one by one.
        if (
            refused.Event > 0
            && (node.SharesOneQueue || !IsBatch(run, refused))
            && run.Event(refused.Event) is null
            && node.Notes.Exists(note => note.Kind == NoteKind.Started && note.Event == refused.Event)
        )
        {
            return ("P1", "and ran all the same");
        }

        if (refused.Text.StartsWith(nameof(QueueFullException), StringComparison.Ordinal))
        {
            return node.Spec.Capacity is not { } capacity ? ("P11", "and its queue has no limit")
                : !node.HasStrangers
                && !node.Spec.HearsErrors
                && Open(node, refused.Number) is var open
                && open < capacity
                && !IsBatch(run, refused)
                    ? ("P11", $"where {open} events were open and the capacity is {capacity}")
                : null;
        }

        bool isClosed = refused.Text.StartsWith(nameof(ControllerClosedException), StringComparison.Ordinal);
        bool isExplained =
            run.SystemEnded < refused.Number
            || run.ClientsEnded < refused.Number
            || node.Spec.Child is not null
            || node.Calls.Exists(call => call.Kind == StepKind.Shutdown && call.Begun.Number < refused.Number);
        return isClosed && !isExplained ? ("P8", "which nobody had shut down") : null;
    }

    /// <summary>A queue with room for only some events of a batch refuses the whole batch.</summary>
    private static bool IsBatch(RunStory run, Note refused) =>
        refused.Token == 0
        && run.Program.Clients.Any(client =>
            client.Steps.Any(step => step.Kind == StepKind.PostMany && step.Works.Any(work => work.Id == refused.Work))
        );

    private static int Open(NodeStory node, int at)
    {
        int open = 0;
        foreach (EventStory story in node.Events)
        {
            // The note of an acceptance that had to wait for room may come after the refusal of another.
            bool isOpen =
                story.Offered < at && (story.HasPending ? story.End > at : !(story.First?.Ended?.Number < at));
            open += isOpen ? 1 : 0;
        }

        return open;
    }
}
