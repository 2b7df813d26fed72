using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors.EventLoop;

/// <summary>The work of a loop: queued, running and deferred events, and the work of adapters. Any thread.</summary>
internal sealed class Workload(
    LoopSettings settings,
    EventMailbox mailbox,
    LoopPosition position,
    ParkedHandler parked,
    OpenEvents open
)
{
    /// <summary>How many events are queued, run, or are deferred.</summary>
    public long Count =>
        mailbox.Added - mailbox.Left + open.DeferredCount + (parked.IsParked || position.IsHandling ? 1 : 0);

    /// <summary>Whether a handler runs, perhaps one that an abort has left behind.</summary>
    /// <remarks>It may suspend, or go on, while this looks.</remarks>
    public bool IsHandling => !position.IsInactive || parked.IsParked || !position.IsInactive;

    public bool AdaptersAreIdle => settings.IdleSources.All(IsIdleOrBroken);

    /// <summary>Whether there was an instant at which nothing was queued, ran or was deferred.</summary>
    /// <remarks>
    /// The parts are not read at one instant. If no round of the draining thread has begun meanwhile, its last round
    /// was either over at the second look, or had not done anything by then, so what was read belongs together.
    /// </remarks>
    public bool IsNone(bool withAdapters)
    {
        int round = position.Round;
        return LooksNone(withAdapters) && LooksNone(withAdapters) && position.Round == round;
    }

    private bool LooksNone(bool withAdapters) =>
        position.IsInactive
        && !parked.IsParked
        && open.DeferredCount == 0
        && mailbox.IsEmpty
        && (!withAdapters || AdaptersAreIdle);

    private bool IsIdleOrBroken(IIdleSource source)
    {
        try
        {
            return source.IsIdle;
        }
        catch (Exception exception)
        {
            settings.Host.LogBroken(exception);
            return true;
        }
    }
}
