namespace EventDrivenActors.Simulation.Oracles;

/// <summary>
/// P1: "Every accepted event's Pending settles exactly once." A post and a plain tell have no pending.
/// </summary>
internal sealed class SettlementRule : Rule
{
    public override void Check(RunStory run, List<Breach> found)
    {
        foreach (EventStory story in run.Events)
        {
            if (story.Settled is null && story.HasPending)
            {
                found.Add(story.Breaks("P1", "was accepted and never settled."));
            }

            if (story.SettledAgain is { } again)
            {
                found.Add(story.Breaks("P1", $"settled twice: as '{story.Settled?.Text}' and as '{again.Text}'."));
            }

            if (story.Settled is { } settled && story.Status is null or PendingStatus.Queued or PendingStatus.Running)
            {
                found.Add(story.Breaks("P1", $"settled as '{settled.Text}', which is no end."));
            }
        }
    }
}
