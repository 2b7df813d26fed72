using EventDrivenActors.Simulation.Notes;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>
/// P10: IsIdle tells the truth; P2: "each worker that a running pool has, runs". The rule checks both whenever nothing
/// can run.
/// </summary>
internal sealed class QuietRule : Rule
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
        Note? said = null;
        int point = 0;
        bool isPlain = node.IsPlain && !node.HasStrangers && node.Spec is { HearsErrors: false, HasOtherwise: false };
        foreach (Note note in node.Notes)
        {
            bool hasRested = false;
            while (point < run.QuietPoints.Count && run.QuietPoints[point] < note.Number)
            {
                point++;
                hasRested = true;
            }

            if (
                hasRested
                && said is not null
                && (Idle(node, said, open, isPlain, note.Number) ?? Stuck(run, node, said, open, note.Number))
                    is { } breach
            )
            {
                found.Add(breach);
                return;
            }

            said = note.Kind == NoteKind.Quiet ? note : said;
            open.See(note);
        }
    }

    private static Breach? Idle(NodeStory node, Note said, OpenCount open, bool isPlain, int now)
    {
        if (said.Count == 1)
        {
            // Handlers that outlive an abort may run on while a run ends.
            bool isStopped =
                said.Text
                is nameof(ControllerState.Stopped)
                    or nameof(ControllerState.Failed)
                    or nameof(ControllerState.Stopping);
            return open.Open.Count > 0 || (open.Running.Count > 0 && !isStopped)
                ? new Breach(
                    "P10",
                    $"{node.Name} says that it is idle, and has {open.Open.Count} open events and "
                        + $"{open.Running.Count} running handlers.",
                    [said, .. open.Open.Take(5).Select(story => story.Accepted), .. open.Running.Take(5)]
                )
                : null;
        }

        bool isBusy =
            !isPlain
            || said.Text != nameof(ControllerState.Running)
            || !open.IsNone
            || IsLeftRunning(node, now)
            || node.Events.Exists(story => !story.HasPending && story.First?.Ended is null);
        return isBusy
            ? null
            : new Breach(
                "P10",
                $"{node.Name} says that it is not idle, and has no open event and no running handler.",
                [said]
            );
    }

    /// <summary>Handlers that outlive an abort end first.</summary>
    private static bool IsLeftRunning(NodeStory node, int now) =>
        node.Events.Exists(story =>
            story.Runs.Exists(handler =>
                handler.Started is { Child: 0, Text: not ("Deferred" or "Mapped") } started
                && started.Number < now
                && !(handler.Ended?.Number < now)
            )
        );

    /// <summary>An event waits, nothing holds it, and no worker takes it.</summary>
    private static Breach? Stuck(RunStory run, NodeStory node, Note said, OpenCount open, int now)
    {
        if (said.Text != nameof(ControllerState.Running) || !node.IsPlain || open.Running.Count > 0)
        {
            return null;
        }

        if (IsLeftRunning(node, now))
        {
            return null;
        }

        foreach (EventStory story in open.Open)
        {
            if (
                !story.Runs.Exists(handler => handler.Started.Number < now)
                && !(story.OtherwiseHeard?.Number < now)
                && run.SystemEnded > story.Accepted.Number
            )
            {
                return story.Breaks(
                    "P2",
                    "waits in a node that runs, where no handler runs and nothing else can happen.",
                    said
                );
            }
        }

        return null;
    }
}
