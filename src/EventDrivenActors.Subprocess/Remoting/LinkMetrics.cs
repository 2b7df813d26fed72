using System.Diagnostics.Metrics;

namespace EventDrivenActors.Subprocess.Remoting;

/// <summary>The instruments that links add to the meter "EventDrivenActors".</summary>
internal static class LinkMetrics
{
    private static readonly Meter Meter = new("EventDrivenActors");

    public static Counter<long> DroppedPdus { get; } =
        Meter.CreateCounter<long>(
            "link.pdus.dropped",
            "{pdu}",
            "Protocol data units for another recipient or serializer than the link's."
        );
}
