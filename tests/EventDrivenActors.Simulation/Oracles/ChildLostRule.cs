using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>
/// P4: "One crash costs the events that ran in it, not their neighbours." An event that never started goes to the next
/// child, until the restarts give up.
/// </summary>
internal sealed class ChildLostRule : Rule
{
    /// <summary>"More than 5 restarts in 30 s: ChildLost."</summary>
    private const int Restarts = 5;

    /// <summary>A note of a child's process may come late, so it may never say that an event had started.</summary>
    public override bool NeedsInstants => true;

    public override void Check(RunStory run, List<Breach> found)
    {
        foreach (EventStory story in run.Events)
        {
            if (story.Status == PendingStatus.ChildLost && story.Runs.Count == 0 && !IsExplained(run, story))
            {
                found.Add(
                    story.Breaks(
                        "P4",
                        "had not started and is lost with a child.",
                        [.. story.Node.Troubles.Where(trouble => trouble.Number < story.End)]
                    )
                );
            }
        }
    }

    private static bool IsExplained(RunStory run, EventStory story)
    {
        NodeStory node = story.Node;
        if (
            run.ClientsEnded < story.End
            || run.SystemEnded < story.End
            || node.Calls.Exists(call => call.Kind == StepKind.Shutdown && call.Begun.Number < story.End)
        )
        {
            return true;
        }

        // No note tells of the start of an event that the child does not map.
        bool isUnmapped = !story.IsSubmitted && node.MappedInChild(story.Key) is null;

        // An event of the child's child has started in the child before any note tells of it.
        bool isNested =
            node.Spec.Child?.NestedKeys.Count > 0
            && (story.IsSubmitted || node.Spec.Child.NestedKeys.Any(key => key.Key == story.Key));

        // A hook starts an event as well, and a child that dies while it announces a start has marked it.
        bool hasUnseen =
            node.Spec.Child?.AllKeys().Any(key => key.Before != HookKind.None || key.Shape == HandlerShape.Nested)
                == true
            || run.MayStopAtAStart(node);
        return hasUnseen
            || isUnmapped
            || isNested
            || node.Troubles.Count(trouble => trouble.Number < story.End) > Restarts;
    }
}
