using EventDrivenActors.Waits;

namespace EventDrivenActors.EventLoop;

/// <content>
/// What a wait for this loop needs. As a need, the loop stands for its next turn, which needs the end of the running
/// event.
/// </content>
internal sealed partial class ControllerLoop : INeed
{
    private INeed? _admission;

    private Need Room => new($"room in the queue of '{Name}'", needs => needs.Add(this));

    private Need Idleness => new($"'{Name}' to be idle", needs => needs.Add(this));

    private Need Taking => new($"what is queued in '{Name}' to be taken", needs => AddIfQueued(needs));

    private Need RunsEnd => new($"the end of '{Name}'", needs => needs.Add(this));

    /// <summary>The event that runs; <see langword="null"/> between two.</summary>
    public SessionFrame? RunningEvent => Volatile.Read(ref _frame) is { IsActive: true } frame ? frame : null;

    /// <summary>The next turn, if something is queued.</summary>
    public void AddIfQueued(List<INeed> needs)
    {
        if (!Mailbox.IsEmpty)
        {
            needs.Add(this);
        }
    }

    /// <summary>
    /// The wait for a shutdown; <see langword="null"/> when that waits for no handler, or outside of events. An abort
    /// waits for none but the one that asks for it.
    /// </summary>
    public HandlerWait? WaitForShutdown(ShutdownMode mode) =>
        SessionFrame.Current.IsActive
        && HandlerWait.Of(RunsEnd) is { } wait
        && (mode != ShutdownMode.Abort || ReferenceEquals(wait.Frame.Host, this))
            ? wait
            : null;

    INeed? IPendingOwner.NeedOf(Pending pending) =>
        pending.Status switch
        {
            PendingStatus.Queued => this,
            PendingStatus.Running when RunningEvent is { } frame && ReferenceEquals(frame.Pending, pending) => frame,
            _ => null,
        };

    void INeed.AddNeeds(List<INeed> needs, bool certainly)
    {
        if (RunningEvent is { } frame)
        {
            needs.Add(frame);
        }
        else if (Volatile.Read(ref _admission) is { } admission)
        {
            needs.Add(admission);
        }
    }
}
