using EventDrivenActors.Wire.Calls;

namespace EventDrivenActors.Subprocess.Supervision;

/// <summary>
/// Token, grace, kill: what to do about the handlers of one child that ignore their time-out. Pure. Not thread-safe.
/// </summary>
/// <remarks>
/// The child's own loop settles a late event as timed out and fires its token. When the handler then does not end, the
/// child is first told to start nothing more, so that what it has not started can go to the next child; other running
/// handlers may end within their own time; then it dies. If a child does not confirm that it starts nothing more, the
/// wait for that ends after a second. A handler that is slow because its child is cold would be as slow in the next
/// child, and so on for ever. So a child in which nothing has ended yet gets its handler's own time more for each child
/// before it that was killed as cold, doubled each time, until one is warm.
/// </remarks>
internal sealed class KillLadder(TimeSpan grace)
{
    private const int MostDoublings = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // One thread at a time.
    private TimeSpan? _suspended;

    /// <summary>Whether a handler is past its time: the end of any other one may then change what is due.</summary>
    public bool IsUp => _suspended is not null;

    /// <summary>Looks at the calls that the child has.</summary>
    /// <param name="sent">The calls; those that have started have a due time.</param>
    /// <param name="now">The time.</param>
    /// <param name="confirmed">Whether the child has said that it starts nothing more.</param>
    /// <param name="next">When to look again; null when nothing is due.</param>
    /// <param name="coldKills">How many children were killed in a row before anything had ended in them; 0 when
    /// something has in this one.</param>
    public KillStep Look(
        IEnumerable<OutstandingCall> sent,
        TimeSpan now,
        bool confirmed,
        out TimeSpan? next,
        int coldKills = 0
    )
    {
        TimeSpan? oldest = null;
        TimeSpan longest = TimeSpan.Zero;
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
                longest = call.Allowed > longest ? call.Allowed.Value : longest;
            }
        }

        if (oldest is not { } overdue)
        {
            bool wasUp = IsUp;
            _suspended = null;
            return wasUp ? KillStep.Resume : KillStep.None;
        }

        bool first = !IsUp;
        TimeSpan since = _suspended ??= now;
        if (next is null)
        {
            TimeSpan end = overdue + grace + (longest * ((1 << Math.Min(coldKills, MostDoublings)) - 1));
            TimeSpan due = confirmed || end > since + Patience ? end : since + Patience;
            if (due <= now)
            {
                return KillStep.Kill;
            }

            next = due;
        }

        return first ? KillStep.Suspend : KillStep.None;
    }
}
