using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>
/// P1: "one result per handler"; an event completes only when its handlers have run to their ends, and "an event
/// without handlers settles <c>Completed([])</c>".
/// </summary>
internal sealed class ResultRule : Rule
{
    public override void Check(RunStory run, List<Breach> found)
    {
        foreach (EventStory story in run.Events)
        {
            if (story.Status == PendingStatus.Completed && !story.IsDeferred)
            {
                string? why = Completed(run, story);
                if (why is not null)
                {
                    found.Add(
                        story.Breaks("P1", $"settled as Completed with {story.Settled!.Count} results, but {why}.")
                    );
                }
            }
        }
    }

    private static string? Completed(RunStory run, EventStory story)
    {
        NodeStory node = story.Node;
        KeySpec? mapped = node.Mapped(story.Key) ?? node.MappedInChild(story.Key);
        bool isChilds = node.Mapped(story.Key) is null && mapped is not null;
        (int added, bool isRemoved) = Edits(story);
        int handlers =
            story.IsSubmitted ? 1
            : mapped is not null ? (mapped.Twice ? 2 : 1)
            : node.Spec.HasOtherwise ? 1
            : 0;
        int least = isRemoved || (node.Spec.HasOtherwise && added > 0) ? 0 : handlers;
        int most =
            handlers
            + added
            + (isRemoved && node.Spec.HasOtherwise ? 1 : 0)
            + (isRemoved && node.MappedInChild(story.Key) is { } moved ? (moved.Twice ? 2 : 1) : 0);
        if (isChilds && added > 0)
        {
            // The key has come to the parent, which now runs the added handler alone.
            least = 1;
        }

        if (node.Spec.IsPool && node.Spec.Routing == PoolRouting.Broadcast)
        {
            bool isFixed = !node.Calls.Exists(call => call.Kind == StepKind.Resize);
            (least, most) = (isFixed ? least * node.Spec.Workers : 0, most * node.MostWorkers);
        }

        if (run.Plan(story.Work)?.Acts.Any(act => act.Kind == ActKind.Skip) == true)
        {
            least = Math.Min(1, least);
        }

        if (story.Settled!.Count < least || story.Settled.Count > most)
        {
            return least == most ? $"it has {least} handlers" : $"it has {least} to {most} handlers";
        }

        bool ends = handlers == 0 || isRemoved || (mapped is null && !story.IsSubmitted) || Returned(story);
        return ends ? Hooks(story, mapped) : "its handler did not run to its end";
    }

    private static bool Returned(EventStory story)
    {
        foreach (HandlerRun run in story.Runs)
        {
            if (run.Returned && run.Ended!.Number < story.End)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The hook or filter that must have ended the event in another way; null if there is none.</summary>
    private static string? Hooks(EventStory story, KeySpec? mapped)
    {
        NodeStory node = story.Node;
        if (mapped is null || node.HasEdits || story.IsSubmitted)
        {
            return null;
        }

        return mapped.Before == HookKind.SkipsEven && story.Work % 2 == 0 ? "a before hook skips it"
            : mapped.Before == HookKind.ThrowsThird && story.Work % 3 == 0 ? "a before hook throws for it"
            : node.Has(AdapterKind.FilterThrows) && !node.Has(AdapterKind.Defers) && story.Work % 5 == 0
                ? "a filter throws for it"
            : null;
    }

    /// <summary>
    /// How often a handler of its key may have been added, and whether its handlers may have been removed, before it
    /// settled.
    /// </summary>
    private static (int Added, bool IsRemoved) Edits(EventStory story)
    {
        if (!story.Node.HasEdits)
        {
            return (0, false);
        }

        int added = 0;
        bool isRemoved = false;
        foreach (CallStory call in story.Node.Calls)
        {
            if (
                call.Begun.Number < story.End
                && call.Begun.Text.AsSpan(call.Begun.Text.IndexOf(' ') + 1).StartsWith(story.Key)
            )
            {
                added += call.Kind == StepKind.Map ? 1 : 0;
                isRemoved |= call.Kind == StepKind.Unmap;
            }
        }

        return (added, isRemoved);
    }
}
