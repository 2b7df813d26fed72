namespace EventDrivenActors.Subprocess.Link;

/// <summary>How long the other end has been silent, as far as this end could have heard it. Pure. Not thread-safe.</summary>
/// <param name="deafAfter">When this end has not looked for so long it stood still itself, and what it did not hear in that time counts for nothing.</param>
internal sealed class SilenceMeter(TimeSpan deafAfter)
{
    private TimeSpan? _looked;
    private TimeSpan _since = TimeSpan.MinValue;

    /// <summary>Looks once.</summary>
    /// <param name="now">The time, from any fixed origin.</param>
    /// <param name="heard">When the other end was heard last.</param>
    public TimeSpan Look(TimeSpan now, TimeSpan heard)
    {
        if (now - _looked > deafAfter)
        {
            _since = now;
        }

        _looked = now;
        return now - (heard > _since ? heard : _since);
    }
}
