using EventDrivenActors.Sessions;
using EventDrivenActors.Waits;

namespace EventDrivenActors.EventLoop;

/// <content>
/// What a wait for this loop needs. As a need, the loop stands for its next turn, which needs the end of the running
/// event.
/// </content>
internal sealed partial class ControllerLoop : INeed
{
    private INeed? _admission;

    INeed IReceiver.NextTurn => this;

    /// <summary>The event that runs; <see langword="null"/> between two.</summary>
    public SessionFrame? RunningEvent => Volatile.Read(ref _frame) is { IsActive: true } frame ? frame : null;

    /// <summary>The next turn, if something is queued.</summary>
    public void AddQueued(List<INeed> needs)
    {
        if (!Mailbox.IsEmpty)
        {
            needs.Add(this);
        }
    }

    bool IReceiver.Runs(SessionFrame frame) => ReferenceEquals(frame.Host, this);

    void IReceiver.AddRunning(List<INeed> needs) => needs.Add(this);

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
