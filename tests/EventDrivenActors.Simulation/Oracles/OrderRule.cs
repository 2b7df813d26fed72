using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>
/// P3: "Events dispatched to one controller with a happens-before start in that order, also across a child with one
/// worker. In a pool events are taken in dispatch order."
/// </summary>
/// <remarks>
/// An event was dispatched before another if it was accepted before the dispatch of the other began. The rule compares
/// only events that start once, because a redelivery comes when it can. A plain tell joins the queue when the actor
/// receives it, of which there is no note.
/// </remarks>
internal sealed class OrderRule : Rule
{
    public override void Check(RunStory run, List<Breach> found)
    {
        foreach (NodeStory node in run.Nodes)
        {
            foreach (List<(EventStory Story, Note Started)> lane in Lanes(run, node).Values)
            {
                CheckLane(lane, found);
            }
        }
    }

    /// <summary>The starts of each place in which order is kept, in the order of the events' first notes.</summary>
    private static Dictionary<string, List<(EventStory Story, Note Started)>> Lanes(RunStory run, NodeStory node)
    {
        Dictionary<string, List<(EventStory Story, Note Started)>> lanes = [];
        if (
            node.Spec.IsPool
            && (node.Spec.Child is not null || node.Calls.Exists(call => call.Kind == StepKind.Resize))
            && !node.SharesOneQueue
        )
        {
            return lanes;
        }

        foreach (EventStory story in node.Events)
        {
            if (story.Accepted.Text == nameof(StepKind.Tell))
            {
                continue;
            }

            foreach (HandlerRun handler in story.Runs)
            {
                if (
                    !handler.IsDeferred
                    && !handler.IsAdded
                    && IsOnly(story, handler)
                    && Lane(run, node, handler.Started) is { } name
                )
                {
                    if (!lanes.TryGetValue(name, out List<(EventStory Story, Note Started)>? lane))
                    {
                        lanes[name] = lane = [];
                    }

                    lane.Add((story, handler.Started));
                }
            }
        }

        return lanes;
    }

    private static bool IsOnly(EventStory story, HandlerRun handler)
    {
        foreach (HandlerRun other in story.Runs)
        {
            if (other != handler && !other.IsAdded && other.Started.Worker == handler.Started.Worker)
            {
                return false;
            }
        }

        return handler.Started.Attempt == 1;
    }

    /// <summary>Where the order of a start is kept; null where it is not.</summary>
    private static string? Lane(RunStory run, NodeStory node, Note started)
    {
        if (!node.Spec.IsPool)
        {
            // The note of a nested task comes later, and may be of a child that has died meanwhile.
            bool mayBeLate = started is { Child: > 0, Text: nameof(HandlerShape.Nested) } && node.Troubles.Count > 0;
            return started.Child == 0 ? ""
                : mayBeLate ? null
                : node.Spec.Child is { Workers: 1, NestedKeys.Count: 0 } ? "child"
                : null;
        }

        return node.Spec.Routing switch
        {
            _ when started.Child > 0 => null,
            PoolRouting.RoundRobin => run.IsReal || !node.IsPlain ? null : "",
            PoolRouting.ConsistentHash => started.Key,
            _ when started.Worker < 0 => null,
            _ => $"{started.Worker}",
        };
    }

    private static void CheckLane(List<(EventStory Story, Note Started)> lane, List<Breach> found)
    {
        lane.Sort((one, other) => one.Started.Number.CompareTo(other.Started.Number));
        (EventStory Story, Note Started) latest = default;
        foreach ((EventStory Story, Note Started) one in lane)
        {
            if (latest.Story is { } earlier && earlier.Offered > one.Story.Accepted.Number)
            {
                found.Add(
                    one.Story.Breaks(
                        "P3",
                        $"started after the event {earlier.Name}, which was dispatched later.",
                        earlier.Accepted,
                        latest.Started
                    )
                );
                return;
            }

            if (latest.Story is null || one.Story.Offered > latest.Story.Offered)
            {
                latest = one;
            }
        }
    }
}
