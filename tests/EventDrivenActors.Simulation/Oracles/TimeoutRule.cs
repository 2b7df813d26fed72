using System.Globalization;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>P14: "A handler timeout settles TimedOut", when its time is over, whatever the handler does.</summary>
internal sealed class TimeoutRule : Rule
{
    private const double Lateness = 1;

    public override bool NeedsInstants => true;

    public override void Check(RunStory run, List<Breach> found)
    {
        foreach (EventStory story in run.Events)
        {
            double limit = story.Accepted.Count > 0 ? story.Accepted.Count : story.Node.Spec.EventTimeout ?? 0;
            if (
                limit > 0
                && story is { HasPending: true, First: { Started: { Child: 0 } started } first }
                && story.Node.Spec is not { IsPool: true, Routing: PoolRouting.Broadcast }
            )
            {
                double due = started.At + limit + Lateness;
                double end = Math.Min(first.Ended?.At ?? double.MaxValue, story.Settled?.At ?? double.MaxValue);
                if (end > due && end > due + run.Jumps(started.Number, story.End))
                {
                    string start = string.Create(CultureInfo.InvariantCulture, $"{started.At:0.#} ms");
                    found.Add(
                        story.Breaks(
                            "P14",
                            $"may take {limit} ms after its start at {start}, and had not settled in time."
                        )
                    );
                }
            }
        }
    }
}
