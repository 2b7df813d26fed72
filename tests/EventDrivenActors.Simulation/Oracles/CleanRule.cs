using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>
/// Section 1, and P8's "each event once": Clean returns how many events it has cancelled, "without those in a child".
/// </summary>
internal sealed class CleanRule : Rule
{
    public override bool NeedsInstants => true;

    public override void Check(RunStory run, List<Breach> found)
    {
        foreach (NodeStory node in run.Nodes)
        {
            // Each worker of a broadcasting pool queues each event, and events that were sent to a child are cancelled
            // later.
            if (node.Spec.Child is not null || (node.Spec.IsPool && node.Spec.Routing == PoolRouting.Broadcast))
            {
                continue;
            }

            foreach (CallStory call in node.Calls)
            {
                if (call is { Kind: StepKind.Clean, Succeeded: true, Ended: { } ended })
                {
                    Check(run, node, call, ended, found);
                }
            }
        }
    }

    private static void Check(RunStory run, NodeStory node, CallStory call, Note ended, List<Breach> found)
    {
        long cancelled = 0;
        long unknown = node.HasStrangers || node.Spec.HearsErrors ? int.MaxValue : 0;
        List<Note> notes = [call.Begun, ended];
        foreach (EventStory story in node.Events)
        {
            if (story.Accepted.Number > call.Begun.Number)
            {
                // An event that waited for room may have been queued before its note.
                unknown += story.Offered < ended.Number ? 1 : 0;
                continue;
            }

            if (!story.HasPending)
            {
                unknown += story.First?.Started.Number < call.Begun.Number ? 0 : 1;
            }
            else if (
                story is { Status: PendingStatus.Cancelled, First: null }
                && story.End > call.Begun.Number
                && run.Instant(story.Settled!) <= run.Instant(ended)
            )
            {
                bool isOther =
                    story.CancelAsked is not null
                    || story.End > ended.Number
                    || story.Node.Spec.FullMode != QueueFullMode.Wait
                    || node.Calls.Exists(other =>
                        other != call
                        && other.Kind is StepKind.Clean or StepKind.Shutdown
                        && run.Instant(other.Begun) == run.Instant(call.Begun)
                    );
                (cancelled, unknown) = isOther ? (cancelled, unknown + 1) : (cancelled + 1, unknown);
                notes.Add(story.Settled!);
            }
        }

        if (ended.Count < cancelled || ended.Count > cancelled + unknown)
        {
            found.Add(
                new Breach(
                    "P8",
                    $"Clean of {node.Name} says that it has cancelled {ended.Count} events, and {cancelled} were "
                        + "cancelled meanwhile.",
                    notes
                )
            );
        }
    }
}
