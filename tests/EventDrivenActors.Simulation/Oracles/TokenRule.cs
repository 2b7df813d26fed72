using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>
/// P14: "While it runs, <c>session.CancellationToken</c> fires", and a time-out cancels the token: the handler, if it
/// still runs, has seen that when the clock moves on.
/// </summary>
internal sealed class TokenRule : Rule
{
    public override bool NeedsInstants => true;

    public override void Check(RunStory run, List<Breach> found)
    {
        foreach (EventStory story in run.Events)
        {
            // A synchronous handler cannot see its token fire.
            if (
                story.TokenFired is null
                && story.First
                    is { Started: { Child: 0, Text: not nameof(HandlerShape.Sync) } started, Ended: { } ended }
            )
            {
                bool isCancelled =
                    story.CancelAsked is { } cancel
                    && cancel.Number > started.Number
                    && cancel.Number < story.End
                    && run.Instant(cancel) < run.Instant(ended);
                bool isOver =
                    story is { Status: PendingStatus.TimedOut, Settled: { } settled }
                    && settled.Number > started.Number
                    && run.Instant(settled) < run.Instant(ended);
                if (isCancelled || isOver)
                {
                    found.Add(
                        story.Breaks(
                            "P14",
                            $"ran on for {(isCancelled ? "its cancellation" : "its time-out")}, and its token did not "
                                + "fire."
                        )
                    );
                }
            }
        }
    }
}
