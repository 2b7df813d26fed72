namespace EventDrivenActors.Simulation.Oracles;

/// <summary>How long an event's handlers may take.</summary>
internal static class Limits
{
    /// <summary>
    /// The shortest time-out that may apply, in milliseconds; null for none. An event's own one wins over that of its
    /// node.
    /// </summary>
    public static double? Of(EventStory story)
    {
        if (story.Accepted.Count > 0)
        {
            return story.Accepted.Count;
        }

        int? child = story.Node.Spec.Child?.EventTimeout;
        int? node = story.Node.Spec.EventTimeout;
        return child is null ? node
            : node is null ? child
            : Math.Min(child.Value, node.Value);
    }
}
