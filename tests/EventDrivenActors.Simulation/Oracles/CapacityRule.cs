using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>
/// P11: "The queue has an optional capacity", and never holds more. An event that a worker has taken is no longer in
/// the queue, though its first note may come a moment later. A drop mode drops only the oldest, or only the newest.
/// </summary>
internal sealed class CapacityRule : Rule
{
    public override bool NeedsInstants => true;

    public override void Check(RunStory run, List<Breach> found)
    {
        foreach (NodeStory node in run.Nodes)
        {
            if (node.Spec.Capacity is { } capacity && node is { IsPlain: true, SharesOneQueue: true, HasEdits: false })
            {
                CheckQueue(run, node, capacity, found);
                CheckDrops(run, node, found);
            }
        }
    }

    private static void CheckQueue(RunStory run, NodeStory node, int capacity, List<Breach> found)
    {
        List<EventStory> queued = [];
        foreach (EventStory story in node.Events)
        {
            queued.RemoveAll(other =>
                Left(run, node, other) < story.Accepted.Number
                || (
                    other is { Status: PendingStatus.Cancelled, First: null }
                    && run.Instant(other.Settled!) <= run.Instant(story.Accepted)
                )
            );
            // The note of a dropped event comes a moment later.
            bool isDropped =
                story is { Status: PendingStatus.Cancelled, First: null }
                && run.Instant(story.Settled!) == run.Instant(story.Accepted);
            if (!isDropped && IsSeen(node, story) && Left(run, node, story) > story.Accepted.Number)
            {
                queued.Add(story);
            }

            if (queued.Count > capacity + node.MostWorkers)
            {
                found.Add(
                    story.Breaks(
                        "P11",
                        $"was accepted as one of {queued.Count} queued events, and the capacity is {capacity}.",
                        [.. queued.Select(other => other.Accepted)]
                    )
                );
                return;
            }
        }
    }

    private static void CheckDrops(RunStory run, NodeStory node, List<Breach> found)
    {
        foreach (EventStory story in node.Events)
        {
            bool isDropped =
                story is { Status: PendingStatus.Cancelled, CancelAsked: null, First: null }
                && !node.Calls.Exists(call =>
                    call.Kind is StepKind.Clean or StepKind.Shutdown && call.Begun.Number < story.End
                );
            if (!isDropped)
            {
                continue;
            }

            if (
                node.Spec.FullMode == QueueFullMode.DropNewest
                && run.Instant(story.Settled!) > run.Instant(story.Accepted)
            )
            {
                found.Add(story.Breaks("P11", "was queued, and dropped later, where the newest is to be dropped."));
            }
            else if (
                node.Spec.FullMode == QueueFullMode.DropOldest
                && node.Events.Find(other =>
                    other.HasPending
                    && IsSeen(node, other)
                    && other.Accepted.Number < story.Offered
                    && Left(run, node, other) > story.End
                    && !(
                        other.Settled is { } end
                        && run.Instant(end) == run.Instant(story.Settled!)
                        && (other.Status == PendingStatus.Cancelled || IsUnmapped(node, other))
                    )
                )
                    is { } older
            )
            {
                found.Add(
                    older.Breaks(
                        "P11",
                        $"was the oldest in a full queue, and {story.Name} was dropped.",
                        story.Accepted,
                        story.Settled
                    )
                );
            }
        }
    }

    /// <summary>Without a handler no note says when a worker took the event.</summary>
    private static bool IsUnmapped(NodeStory node, EventStory story) =>
        story.First is null && node.Mapped(story.Key) is null;

    /// <summary>Whether its notes say when it left the queue.</summary>
    private static bool IsSeen(NodeStory node, EventStory story) =>
        story.Accepted.Text != nameof(StepKind.Tell)
        && (story.HasPending || (story.First is not null && node.Mapped(story.Key) is not null));

    /// <summary>
    /// When the event left the queue, as the number of a note. The note of a cancellation comes a moment later.
    /// </summary>
    private static int Left(RunStory run, NodeStory node, EventStory story)
    {
        int left = Math.Min(story.End, story.First?.Started.Number ?? int.MaxValue);
        if (story is { Status: PendingStatus.Cancelled, First: null })
        {
            left =
                node.Spec.FullMode == QueueFullMode.DropOldest
                    ? Math.Min(left, run.BeginOfInstant(story.Settled!))
                    : left;
            foreach (CallStory call in node.Calls)
            {
                bool mayCancel =
                    call.Kind is StepKind.Clean or StepKind.Shutdown
                    && call.Begun.Number > story.Offered
                    && run.Instant(call.Begun) == run.Instant(story.Settled!);
                left = mayCancel ? Math.Min(left, call.Begun.Number) : left;
            }
        }

        return left;
    }
}
