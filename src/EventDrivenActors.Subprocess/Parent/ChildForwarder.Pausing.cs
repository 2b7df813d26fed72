using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Parent;

internal sealed partial class ChildForwarder
{
    private TaskCompletionSource? _holding;
    private bool _suspended;

    /// <summary>
    /// Sends nothing more, and waits until each child has said that it starts nothing more, or is no more.
    /// </summary>
    public ValueTask SuspendAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _suspended = true;
            foreach (ChildSession child in _sessions)
            {
                child.Member.Pause.ByUser = true;
                TellPause(child);
            }

            if (Holds)
            {
                return default;
            }

            _holding ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask(_holding.Task.WaitAsync(cancellationToken));
        }
    }

    public void Resume()
    {
        lock (_gate)
        {
            _suspended = false;
            foreach (ChildSession child in _sessions)
            {
                child.Member.Pause.ByUser = false;
                TellPause(child);
            }

            EndHolding();
            Look();
        }
    }

    /// <summary>
    /// Whether no child starts anything. A child that does not take events yet is told before it does, and the end of a
    /// dying one is awaited.
    /// </summary>
    private bool Holds =>
        _sessions.TrueForAll(child =>
            child.Member.Role == ChildRole.Dying
                ? child.Member.Calls.Count == 0
                : !child.Member.IsUp || child.Member.Pause.Holds
        );

    /// <summary>Releases the waits for a suspension to hold. Under the gate.</summary>
    private void EndHolding()
    {
        _holding?.TrySetResult();
        _holding = null;
    }

    /// <summary>A child has said that it starts nothing more, or is no more. Under the gate.</summary>
    private void CheckHolding()
    {
        if (_holding is not null && Holds)
        {
            EndHolding();
        }
    }

    /// <summary>Looks after a child's handlers that are past their time. Under the gate.</summary>
    private void ClimbLadder(ChildSession child)
    {
        ChildMember member = child.Member;
        if (!member.IsUp || !_options.KillOnTimeout || _options.KillGrace == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        KillStep step = member.Ladder.Look(
            member.Calls.All,
            Now,
            member.Calls.IsFrozen,
            out TimeSpan? next,
            member.Calls.Ended == 0 ? _coldKills : 0
        );
        switch (step)
        {
            case KillStep.Suspend or KillStep.Resume:
                member.Pause.ByLadder = step == KillStep.Suspend;
                TellPause(child);
                break;
            case KillStep.Kill:
                _log?.KilledOnTimeout(child.ProcessId!.Value);
                _coldKills += member.Calls.Ended == 0 ? 1 : 0;
                Kill(child, ExitReason.KilledOnTimeout);
                break;
        }

        WakeAt(next);
    }

    /// <summary>The end of one handler may change what is due because of another.</summary>
    private void ClimbLadderIfUp(ChildSession child)
    {
        if (child.Member.Ladder.IsUp)
        {
            ClimbLadder(child);
        }
    }

    /// <summary>Tells a child whether it may start calls, if it does not know. Under the gate.</summary>
    private void TellPause(ChildSession child)
    {
        if (!child.Member.IsUp || child.Member.Pause.Tell() is not { } pause)
        {
            return;
        }

        if (!pause)
        {
            child.Member.Calls.IsFrozen = false;
        }

        SendControl(child, pause ? new WireMessage.Suspend() : new WireMessage.Resume());
    }
}
