using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Forwarding;

internal sealed partial class ChildForwarder
{
    private ITimer? _ladderTimer;
    private TimeSpan? _ladderDue;
    private bool _suspended;

    public void SetSuspended(bool suspended)
    {
        lock (_gate)
        {
            _suspended = suspended;
            if (_child is { } child)
            {
                child.Member.Pause.ByUser = suspended;
                TellPause(child);
            }

            Pump();
        }
    }

    /// <summary>Looks after a child's handlers that are past their time. Under the gate.</summary>
    private void ClimbLadder(ChildSession child)
    {
        ChildMember member = child.Member;
        KillStep step = member.Ladder.Look(member.Calls.All, Now, member.Calls.IsFrozen, out TimeSpan? next);
        switch (step)
        {
            case KillStep.Suspend or KillStep.Resume:
                member.Pause.ByLadder = step == KillStep.Suspend;
                TellPause(child);
                break;
            case KillStep.Kill:
                _log?.KilledOnTimeout(child.ProcessId!.Value);
                child.Kill();
                break;
        }

        _ladderDue = next;
        if (next is { } due)
        {
            _ladderTimer ??= _context.TimeProvider.CreateTimer(
                static forwarder => ((ChildForwarder)forwarder!).OnLadderDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _ladderTimer.Change(due > Now ? due - Now : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Tells a child whether it may start calls, if it does not know. Under the gate.</summary>
    private void TellPause(ChildSession child)
    {
        if (!child.IsReady || child.Member.Pause.Tell() is not { } pause)
        {
            return;
        }

        if (!pause)
        {
            child.Member.Calls.IsFrozen = false;
        }

        SendControl(child, pause ? new WireMessage.Suspend() : new WireMessage.Resume());
    }

    private void OnLadderDue()
    {
        lock (_gate)
        {
            if (_child is { } child)
            {
                ClimbLadder(child);
            }
        }
    }
}
