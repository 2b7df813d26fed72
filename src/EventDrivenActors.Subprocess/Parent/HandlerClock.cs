using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Wire.Calls;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>
/// Keeps the time of the handlers that run in children: their time-outs, and the kill ladder of those that ignore them.
/// All members are called under the gate that the owners of the parent's half share.
/// </summary>
/// <param name="kills">Whether a handler that ignores its time-out costs its child its life.</param>
/// <param name="timer">The time, and when to look again.</param>
/// <param name="log">Hears of a child that is killed.</param>
internal sealed class HandlerClock(bool kills, SupervisionTimer timer, SupervisionLog log)
{
    // Under the gate. How many children in a row were killed by a time-out before anything had ended in them.
    private int _coldKills;

    /// <summary>A handler starts.</summary>
    public void Start(OutstandingCall call)
    {
        call.Due = call.Allowed is { } limit ? timer.Now + limit : null;
        timer.SetBy(call.Due);
    }

    /// <summary>A handler has timed out in its child, and may still run.</summary>
    public void TimeOut(SupervisedChild child, OutstandingCall call)
    {
        TimeSpan now = timer.Now;
        call.Due = call.Due < now ? call.Due : now;
        Look(child);
    }

    /// <summary>Takes the calls of a child whose time is up, and looks after their handlers.</summary>
    public void TimeOut(SupervisedChild child, List<OutstandingCall> late)
    {
        timer.SetBy(child.Member.Calls.TimeOut(timer.Now, late));
        Look(child);
    }

    /// <summary>A handler has ended, and its results wait to be read: that time is not the child's.</summary>
    public void Stop(SupervisedChild child, OutstandingCall call)
    {
        call.Due = null;
        LookIfUp(child);
    }

    /// <summary>A handler has ended, so children are not cold.</summary>
    public void End(SupervisedChild child)
    {
        _coldKills = 0;
        LookIfUp(child);
    }

    /// <summary>Looks after a child on its ladder: what happened to one handler may change what is due.</summary>
    public void LookIfUp(SupervisedChild child)
    {
        if (child.Member.Ladder.IsUp)
        {
            Look(child);
        }
    }

    private void Look(SupervisedChild child)
    {
        ChildMember member = child.Member;
        if (!member.IsUp || !kills)
        {
            return;
        }

        KillStep step = member.Ladder.Look(
            member.Calls.All,
            timer.Now,
            member.Calls.IsFrozen,
            out TimeSpan? next,
            member.Calls.Ended == 0 ? _coldKills : 0
        );
        switch (step)
        {
            case KillStep.Suspend or KillStep.Resume:
                member.Pause.ByLadder = step == KillStep.Suspend;
                Suspension.Tell(child);
                break;
            case KillStep.Kill:
                log.KilledOnTimeout(child.ProcessId!.Value);
                _coldKills += member.Calls.Ended == 0 ? 1 : 0;
                child.Kill(ExitReason.KilledOnTimeout);
                break;
        }

        timer.SetBy(next);
    }
}
