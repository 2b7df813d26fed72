using System.Diagnostics.Metrics;

namespace EventDrivenActors.Diagnostics;

/// <summary>The meter "EventDrivenActors".</summary>
internal static class RuntimeMetrics
{
    private static readonly Meter Meter = new("EventDrivenActors");

    public static Counter<long> Failed { get; } =
        Meter.CreateCounter<long>("events.failed", "{event}", "Failures that nobody observed.");

    public static Counter<long> Unhandled { get; } =
        Meter.CreateCounter<long>("events.unhandled", "{event}", "Events without handlers.");
}
