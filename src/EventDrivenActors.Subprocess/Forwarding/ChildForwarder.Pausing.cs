using Akka.Event;
using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Forwarding;

internal sealed partial class ChildForwarder
{
    private readonly ChildPause _pause = new();
    private readonly KillLadder _ladder;
    private ITimer? _ladderTimer;
    private TimeSpan? _ladderDue;

    public void SetSuspended(bool suspended)
    {
        lock (_gate)
        {
            _pause.ByUser = suspended;
            TellPause();
            Pump();
        }
    }

    /// <summary>Looks after handlers that are past their time. Under the gate.</summary>
    private void ClimbLadder()
    {
        KillStep step = _ladder.Look(_table.Sent, Now, _table.IsFrozen, out TimeSpan? next);
        switch (step)
        {
            case KillStep.Suspend or KillStep.Resume:
                _pause.ByLadder = step == KillStep.Suspend;
                TellPause();
                break;
            case KillStep.Kill:
                _log?.Warning(
                    "A handler in the child process '{0}' of the controller '{1}' ignores its time-out, so the child is killed.", _child?.ProcessId, Controller.Name);
                _child?.Kill();
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

    /// <summary>Tells the child whether it may start calls, if it does not know. Under the gate.</summary>
    private void TellPause()
    {
        if (_child is not { IsReady: true } || _pause.Tell() is not { } pause)
        {
            return;
        }

        if (!pause)
        {
            _table.Thaw();
        }

        SendControl(pause ? new WireMessage.Suspend() : new WireMessage.Resume());
    }

    private void OnLadderDue()
    {
        lock (_gate)
        {
            ClimbLadder();
        }
    }
}
