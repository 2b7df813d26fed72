namespace EventDrivenActors.Timers;

/// <summary>When the ticks of an interval are due. Pure; times are from any fixed origin.</summary>
/// <param name="Due">When the next one is due.</param>
/// <param name="Interval">The time between two.</param>
internal readonly record struct TickSchedule(TimeSpan Due, TimeSpan Interval)
{
    /// <summary>Goes on to the first tick that is due after a time.</summary>
    /// <param name="now">The time, when one is due.</param>
    /// <param name="skipped">How many more have come due meanwhile: what a pause has left out is counted, and not made
    /// up for.</param>
    public TickSchedule After(TimeSpan now, out long skipped)
    {
        skipped = (now - Due).Ticks / Interval.Ticks;
        return this with { Due = Due + TimeSpan.FromTicks(Interval.Ticks * (skipped + 1)) };
    }
}
