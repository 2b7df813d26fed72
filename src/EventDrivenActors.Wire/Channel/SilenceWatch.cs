namespace EventDrivenActors.Wire.Channel;

/// <summary>Judges the silence of the other end. Pure; belongs to one thread.</summary>
internal sealed class SilenceWatch(TimeSpan unresponsiveAfter, TimeSpan killAfter)
{
    private readonly TimeSpan _unresponsiveAfter = TimeOption.Limit(unresponsiveAfter) ?? TimeSpan.MaxValue;
    private readonly TimeSpan _killAfter = TimeOption.Limit(killAfter) ?? TimeSpan.MaxValue;

    // One thread.
    private TimeSpan? _looked;
    private TimeSpan _awakeSince = TimeSpan.MinValue;
    private bool _told;
    private bool _over;

    /// <summary>Looks at the clock.</summary>
    /// <param name="now">The time.</param>
    /// <param name="heard">When the other end was last heard.</param>
    /// <param name="debugged">Whether a debugger holds either end.</param>
    /// <param name="silence">How long it has been silent.</param>
    public SilenceSign Look(TimeSpan now, TimeSpan heard, bool debugged, out TimeSpan silence)
    {
        // A process that was stopped for so long has not yet read what the other end has said meanwhile.
        if (now - _looked > _unresponsiveAfter)
        {
            _awakeSince = now;
        }

        _looked = now;
        silence = now - (heard > _awakeSince ? heard : _awakeSince);
        if (silence < _unresponsiveAfter)
        {
            bool back = _told;
            _told = false;
            return back ? SilenceSign.Back : SilenceSign.None;
        }
        if (!_told)
        {
            _told = true;
            return SilenceSign.Unresponsive;
        }
        if (_over || silence < _killAfter || debugged)
        {
            return SilenceSign.None;
        }

        _over = true;
        return SilenceSign.Frozen;
    }
}
