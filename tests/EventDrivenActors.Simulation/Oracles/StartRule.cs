using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>
/// P14: "A token or Pending.Cancel() before the start means that it never runs." P16: a settled event "never starts
/// afterwards".
/// </summary>
internal sealed class StartRule : Rule
{
    public override bool NeedsInstants => true;

    private static bool IsAborted(EventStory story) =>
        story.Node.Calls.Exists(call => call.Kind == StepKind.Shutdown && call.Begun.Number < story.End);

    public override void Check(RunStory run, List<Breach> found)
    {
        foreach (EventStory story in run.Events)
        {
            foreach (HandlerRun handler in story.Runs)
            {
                // The note of a nested task's start comes after its event's start, and a second handler goes on with an
                // event that has started. An abort does not wait for its message to reach the child, and a message to
                // the child of a child passes two links. A child that is starved or frozen after it has announced a
                // start runs the handler later.
                bool isHeldUp =
                    handler.Started.Child > 0
                    && run.Program.Faults.Any(fault => fault.Node == story.Node.Index && fault.Word == "Started");
                bool isLate =
                    isHeldUp
                    || handler.IsAdded
                    || handler.Started.Text == "Deferred"
                    || handler.Started.Text == nameof(HandlerShape.Nested)
                    || (
                        handler.Started.Child > 0
                        && (story.Node.Spec.Child is { NestedKeys.Count: > 0 } || IsAborted(story))
                    );
                if (handler.Started.Number > story.End && !isLate)
                {
                    found.Add(
                        story.Breaks(
                            story.Status == PendingStatus.TimedOut ? "P16" : "P14",
                            $"started after it had settled as {story.Status}."
                        )
                    );
                    break;
                }
            }

            if (
                story.CancelAsked is { } cancel
                && story.First is { } first
                && first.Started.Number > cancel.Number
                && first.Started.Child == 0
                && story.Accepted.Number < cancel.Number
                && story.Node.IsPlain
                && first.Started.Text != nameof(HandlerShape.Nested)
            )
            {
                found.Add(story.Breaks("P14", "started after it had been cancelled."));
            }
        }
    }
}
