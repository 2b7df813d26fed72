using System.Diagnostics.Metrics;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>The counters of children, on the meter "EventDrivenActors".</summary>
internal static class SupervisionMetrics
{
    private static readonly Meter Meter = new("EventDrivenActors");
    private static readonly Counter<long> Starts = Meter.CreateCounter<long>(
        "children.started",
        "{child}",
        "Child processes that were started."
    );
    private static readonly Counter<long> Ends = Meter.CreateCounter<long>(
        "children.ended",
        "{child}",
        "Child processes that ended, by reason."
    );

    public static void Started() => Starts.Add(1);

    public static void Ended(ExitReason reason) =>
        Ends.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));
}
