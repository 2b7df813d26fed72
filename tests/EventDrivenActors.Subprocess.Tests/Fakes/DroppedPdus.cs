using System.Diagnostics.Metrics;

namespace EventDrivenActors.Subprocess.Tests.Fakes;

/// <summary>Counts what links drop, as a user would: on the meter.</summary>
internal sealed class DroppedPdus : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _count;

    public DroppedPdus()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "EventDrivenActors" && instrument.Name == "link.pdus.dropped")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, measurement, _, _) => Interlocked.Add(ref _count, measurement));
        _listener.Start();
    }

    public long Count => Volatile.Read(ref _count);

    public void Dispose() => _listener.Dispose();
}
