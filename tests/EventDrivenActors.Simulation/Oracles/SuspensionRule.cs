using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>P9: "After SuspendAsync completes no handler starts until Resume", in a child neither.</summary>
internal sealed class SuspensionRule : Rule
{
    public override bool NeedsInstants => true;

    public override void Check(RunStory run, List<Breach> found)
    {
        foreach (NodeStory node in run.Nodes)
        {
            // A permitted step starts when the loop comes to it, which may be after a later call.
            if (
                !node.Calls.Exists(call => call.Kind == StepKind.Suspend)
                || node.Calls.Exists(call => call.Kind == StepKind.Step)
            )
            {
                continue;
            }

            foreach (CallStory suspend in node.Calls)
            {
                if (suspend is { Kind: StepKind.Suspend, Succeeded: true })
                {
                    int until = run.SystemEnded;
                    foreach (CallStory call in node.Calls)
                    {
                        bool ends =
                            call.Kind is StepKind.Resume or StepKind.Run or StepKind.Shutdown
                            && (call.Begun.Number > suspend.Begun.Number || call.End > suspend.Begun.Number);
                        until = ends ? Math.Min(until, Math.Max(call.Begun.Number, suspend.Begun.Number)) : until;
                    }

                    CheckPause(run, node, suspend.Ended!, until, found);
                }
            }
        }
    }

    private static void CheckPause(RunStory run, NodeStory node, Note suspended, int until, List<Breach> found)
    {
        foreach (Note note in node.Notes)
        {
            if (
                note.Kind == NoteKind.Started
                && note.Number > suspended.Number
                && note.Number < until
                && note.Text is not ("Deferred" or "Mapped" or nameof(HandlerShape.Nested))
                && !node.FailsWith(run, note)
                && !IsOrphaned(node, note)
            )
            {
                found.Add(
                    new Breach(
                        "P9",
                        $"A handler of '{note.Key}' #{note.Work} started while {node.Name} was suspended.",
                        [suspended, note]
                    )
                );
                return;
            }
        }
    }

    /// <summary>The child of a child that has died goes on until it has noticed that.</summary>
    private static bool IsOrphaned(NodeStory node, Note started) =>
        node.Spec.Child is { } child
        && child.NestedKeys.Any(key => key.Key == started.Key)
        && node.Troubles.Exists(trouble => trouble.Number < started.Number);
}
