namespace EventDrivenActors.Wire.Channel;

/// <summary>
/// Whether a thread pool takes work, and for how long it has taken none. Pure; belongs to one thread.
/// </summary>
/// <param name="tellAfter">How long it may take none before that is reported.</param>
internal sealed class PoolWatch(TimeSpan tellAfter)
{
    private readonly TimeSpan _tellAfter = TimeOption.Limit(tellAfter) ?? TimeSpan.MaxValue;

    // One thread.
    private long _completed = -1;
    private TimeSpan? _since;
    private bool _told;

    /// <summary>
    /// In the process of the pool, from one sign of life to the next: whether work waits and none has been done.
    /// </summary>
    public bool IsStuck(long completed, long waiting)
    {
        bool stuck = waiting > 0 && completed == _completed;
        _completed = completed;
        return stuck;
    }

    /// <summary>At the other end: what the signs of life mean.</summary>
    /// <param name="now">The time.</param>
    /// <param name="stuck">Whether the last sign of life said that the pool was stuck.</param>
    /// <param name="length">How long the pool has been stuck.</param>
    public SilenceSign Look(TimeSpan now, bool stuck, out TimeSpan length)
    {
        _since = stuck ? _since ?? now : null;
        length = now - (_since ?? now);
        if (stuck == _told || (stuck && length < _tellAfter))
        {
            return SilenceSign.None;
        }

        _told = stuck;
        return stuck ? SilenceSign.Starved : SilenceSign.Moving;
    }
}
