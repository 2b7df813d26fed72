namespace EventDrivenActors.Subprocess.Supervision;

/// <summary>Token, grace, kill: what to do about handlers that ignore their time-out. Pure. Not thread-safe.</summary>
/// <remarks>
/// The child's own loop settles a late event as timed out and fires its token. When the handler then does not end, the child is first
/// told to start nothing more, so that what it has not started can go to the next child; other running handlers may end within
/// their own time; then it dies.
/// </remarks>
internal sealed class KillLadder(TimeSpan grace)
{
    private bool _suspended;

    /// <summary>Whether a handler is past its time: the end of any other one may then change what is due.</summary>
    public bool IsUp => _suspended;

    /// <summary>Looks at the calls that the child has.</summary>
    /// <param name="sent">They; those that have started have a due time.</param>
    /// <param name="now">The time.</param>
    /// <param name="next">When to look again; null when nothing is due.</param>
    public KillStep Look(IEnumerable<OutstandingCall> sent, TimeSpan now, out TimeSpan? next)
    {
        TimeSpan? oldest = null;
        next = null;
        foreach (OutstandingCall call in sent)
        {
            if (call.Due is not { } due)
            {
                continue;
            }

            if (due > now)
            {
                next = next is null || due < next ? due : next;
            }
            else
            {
                oldest = oldest is null || due < oldest ? due : oldest;
            }
        }

        if (oldest is not { } overdue)
        {
            bool wasSuspended = _suspended;
            _suspended = false;
            return wasSuspended ? KillStep.Resume : KillStep.None;
        }

        if (overdue + grace <= now && next is null)
        {
            return KillStep.Kill;
        }

        next ??= overdue + grace;
        bool first = !_suspended;
        _suspended = true;
        return first ? KillStep.Suspend : KillStep.None;
    }

    /// <summary>A new child begins.</summary>
    public void Reset() => _suspended = false;
}
