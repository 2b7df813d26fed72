using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>P10: "PendingAsync completes when everything queued at the call has been taken."</summary>
internal sealed class PendingRule : Rule
{
    public override bool NeedsInstants => true;

    public override void Check(RunStory run, List<Breach> found)
    {
        foreach (NodeStory node in run.Nodes)
        {
            // An event that a filter or hook holds, or that a child was sent, has been taken, and no note says so.
            if (!node.IsPlain)
            {
                continue;
            }

            foreach (CallStory call in node.Calls)
            {
                if (call is { Kind: StepKind.WaitPending, Succeeded: true, Ended: { } ended })
                {
                    EventStory? late = node.Events.Find(story =>
                        story.HasPending
                        && story.Accepted.Number < call.Begun.Number
                        && run.IsOpenAt(story, ended)
                        && !(story.First?.Started.Number < ended.Number)
                        && (story.IsSubmitted || node.Mapped(story.Key) is not null)
                        && !node.HasEdits
                    );
                    if (late is not null)
                    {
                        found.Add(
                            late.Breaks(
                                "P10",
                                "was queued when a wait for what is pending began, and had not been taken when that "
                                    + "ended.",
                                call.Begun,
                                ended
                            )
                        );
                    }
                }
            }
        }
    }
}
