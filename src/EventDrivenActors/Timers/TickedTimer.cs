namespace EventDrivenActors.Timers;

/// <summary>A timer that <see cref="SystemTicker"/> ticks.</summary>
/// <param name="tick">Ticks once; told the arming that the tick is due by.</param>
/// <param name="skip">Counts ticks that came due during a pause.</param>
internal sealed class TickedTimer(Action<int> tick, Action<long> skip)
{
    // Under the lock of SystemTicker.

    /// <summary>The timers that are due with this one.</summary>
    public Beat? Beat { get; set; }

    /// <summary>Its place among them.</summary>
    public int Place { get; set; }

    /// <summary>How often it was armed or disarmed.</summary>
    public int Arming { get; set; }

    public void Tick(int arming) => tick(arming);

    public void Skip(long ticks) => skip(ticks);
}
