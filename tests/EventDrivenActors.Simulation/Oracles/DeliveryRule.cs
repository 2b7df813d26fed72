using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>
/// P4: "In one process: once. To a child: at most once by default. Opt-in for idempotent handlers: redelivery, at least
/// once, default 3 attempts."
/// </summary>
/// <remarks>
/// The first death of a child that ran several events counts against none of them, so there may be one more attempt.
/// </remarks>
internal sealed class DeliveryRule : Rule
{
    private const int Doubts = 1;

    public override void Check(RunStory run, List<Breach> found)
    {
        foreach (EventStory story in run.Events)
        {
            HandlerRun? last = null;
            foreach (HandlerRun handler in story.Runs)
            {
                if (handler.IsDeferred || handler.IsAdded)
                {
                    continue;
                }

                if (last is not null && IsAgain(story, last, handler) is { } why)
                {
                    found.Add(story.Breaks("P4", why));
                    break;
                }

                last = handler;
            }

            if (
                last is not null
                && story.Node.Spec.Child is { } child
                && last.Started.Attempt > child.MaxAttempts + Doubts
            )
            {
                found.Add(
                    story.Breaks(
                        "P4",
                        $"was delivered {last.Started.Attempt} times, and {child.MaxAttempts} are allowed."
                    )
                );
            }
        }
    }

    private static string? IsAgain(EventStory story, HandlerRun last, HandlerRun handler)
    {
        // In a broadcasting pool each worker has a delivery of its own, and in a pool of children each of these has
        // other indices.
        bool isOther =
            story.Node.Spec is { IsPool: true, Routing: PoolRouting.Broadcast }
            && (last.Started.Worker != handler.Started.Worker || last.Started.Child != handler.Started.Child);
        return isOther ? null
            : handler.Started.Child == 0 ? "ran twice in its own process."
            : !story.Node.IsIdempotent(story) ? "started twice, and its key is not idempotent."
            : IsNotedLate(last) || IsNotedLate(handler) ? null
            : handler.Started.Attempt <= last.Started.Attempt
                ? $"was delivered again, but its attempts are {last.Started.Attempt} and {handler.Started.Attempt}."
            : handler.Started.Child == last.Started.Child ? "started twice in one child."
            : null;
    }

    /// <summary>
    /// The inner task of a nested one notes its start when it runs, perhaps after the death of its child and the next
    /// delivery.
    /// </summary>
    private static bool IsNotedLate(HandlerRun run) => run.Started.Text == nameof(HandlerShape.Nested);
}
