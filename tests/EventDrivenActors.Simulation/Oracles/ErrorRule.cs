using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>
/// P5: "The exception settles that Pending, raises Error": once for each handler that throws, where Error is mapped.
/// </summary>
/// <remarks>
/// The rule counts only exceptions of the node's own process. The node must have handled Error when it is next idle,
/// unless a client or a handler suspends, cleans or ends it before.
/// </remarks>
internal sealed class ErrorRule : Rule
{
    public override bool NeedsInstants => true;

    public override void Check(RunStory run, List<Breach> found)
    {
        foreach (NodeStory node in run.Nodes)
        {
            if (node.Spec.HearsErrors)
            {
                Check(run, node, found);
            }
        }
    }

    private static void Check(RunStory run, NodeStory node, List<Breach> found)
    {
        Dictionary<string, (int Thrown, int Due, Note Last)> errors = [];
        foreach (EventStory story in node.Events)
        {
            foreach (HandlerRun handler in story.Runs)
            {
                if (handler.Threw && handler.Started.Child == 0)
                {
                    string text = handler.Ended!.Text["Threw ".Length..];
                    (int thrown, int due, Note _) = errors.GetValueOrDefault(text);
                    errors[text] = (thrown + 1, due + (IsDue(run, node, story, handler) ? 1 : 0), handler.Ended);
                }
            }
        }

        if (errors.Count == 0)
        {
            return;
        }

        Dictionary<string, int> heard = [];
        foreach (Note note in node.Notes)
        {
            if (note.Kind == NoteKind.ErrorHeard)
            {
                heard[note.Text] = heard.GetValueOrDefault(note.Text) + 1;
            }
        }

        foreach ((string text, (int thrown, int due, Note last)) in errors)
        {
            int times = heard.GetValueOrDefault(text);
            if (times < due || (times > thrown && !node.HasStrangers))
            {
                found.Add(
                    new Breach(
                        "P5",
                        $"'{text}' was thrown {thrown} times in {node.Name}, and Error was heard {times} times.",
                        [last, .. node.Notes.Where(note => note.Kind == NoteKind.ErrorHeard && note.Text == text)]
                    )
                );
            }
        }
    }

    private static bool IsDue(RunStory run, NodeStory node, EventStory story, HandlerRun handler)
    {
        Note threw = handler.Ended!;

        // For an event that has timed out, Error was raised already.
        bool isOver = Limits.Of(story) is { } limit && threw.At >= handler.Started.At + limit - 1;
        if (!story.HasPending && Limits.Of(story) is not null)
        {
            // No note says whether its time was over before.
            return false;
        }

        if (
            story.HasPending
                ? story.Status != PendingStatus.Faulted
                : isOver || threw.Text.Contains("Canceled", StringComparison.Ordinal)
        )
        {
            return false;
        }

        foreach (int point in run.QuietPoints)
        {
            if (point >= threw.Number && IsDisturbed(run, node, point))
            {
                return false;
            }

            if (point >= threw.Number && node.Quiet(point) is { Count: 1, Text: nameof(ControllerState.Running) })
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDisturbed(RunStory run, NodeStory node, int until) =>
        run.SystemEnded <= until
        || node.Calls.Exists(call =>
            call.Kind is StepKind.Shutdown or StepKind.Suspend or StepKind.Clean && call.Begun.Number <= until
        );
}
