namespace EventDrivenActors.Subprocess.Supervision;

/// <summary>
/// Why a child is to start nothing, what it was told of that, and whether it has obeyed. Pure. Not thread-safe.
/// </summary>
internal sealed class ChildPause
{
    // One thread at a time.
    private bool _told;
    private int _unconfirmed;

    /// <summary>The controller is suspended.</summary>
    public bool ByUser { get; set; }

    /// <summary>A handler is past its time.</summary>
    public bool ByLadder { get; set; }

    /// <summary>Whether the child is known to start nothing.</summary>
    public bool Holds => _told && _unconfirmed == 0;

    /// <summary>Whether an answer to a request to suspend is due.</summary>
    public bool IsAwaited => _unconfirmed > 0;

    /// <summary>Whether to tell the child now to suspend or to resume; null for nothing new.</summary>
    public bool? Tell()
    {
        bool wanted = ByUser || ByLadder;
        if (wanted == _told)
        {
            return null;
        }

        _told = wanted;
        _unconfirmed += wanted ? 1 : 0;
        return wanted;
    }

    /// <summary>The child has answered a request to suspend; it answers each once.</summary>
    /// <returns>
    /// Whether it is now known to start nothing: an answer to an earlier request proves nothing after a resume.
    /// </returns>
    public bool Confirm() => --_unconfirmed == 0 && _told;
}
