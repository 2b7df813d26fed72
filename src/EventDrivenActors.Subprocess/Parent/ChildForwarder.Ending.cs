using EventDrivenActors.Subprocess.Link;
using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Parent;

/// <content>How children end: by themselves where they can, else by SIGTERM, else by SIGKILL.</content>
internal sealed partial class ChildForwarder
{
    /// <summary>How long a child that was asked over the link to leave may take.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The same where something still runs, whose token has fired: the whole ladder must end within the time that an
    /// adapter has.
    /// </summary>
    private static readonly TimeSpan AbortTime = TimeSpan.FromSeconds(1);

    /// <summary>How long a child that was asked by SIGTERM may take.</summary>
    private static readonly TimeSpan LeaveTime = TimeSpan.FromSeconds(2);

    /// <summary>Kills the child; another one takes its place.</summary>
    public void Kill()
    {
        lock (_gate)
        {
            if (Serving is { ProcessId: not null } child)
            {
                Kill(child, ExitReason.Killed);
                Look();
            }
        }
    }

    /// <summary>Drains the children, asks them to leave, kills them: each in its time.</summary>
    public async ValueTask StopAsync(CancellationToken cancellationToken)
    {
        Task lives;
        lock (_gate)
        {
            _roster.Stop();
            ForgetMemory();
            EndHolding();
            TimeSpan time = _table.Count == 0 ? DrainTime : AbortTime;
            foreach (ChildSession child in _sessions)
            {
                if (child.Member.Role == ChildRole.Starting)
                {
                    child.Leave();
                }
                else if (child.Member.IsUp)
                {
                    // Tokens fire in the child before it is asked to leave.
                    foreach (OutstandingCall call in child.Member.Calls.All)
                    {
                        SendControl(child, new WireMessage.Cancel(call.Id, call.Number));
                    }

                    _ = LeaveAsync(child, time);
                }
            }

            lives = Task.WhenAll(_sessions.Select(child => child.Life));
        }

        await lives.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        IReadOnlyList<OutstandingCall> left;
        lock (_gate)
        {
            _closed = true;
            _sessions.ForEach(child => child.Leave());
            left = _table.TakeWaiting();
            MakeRoom();
        }

        foreach (OutstandingCall call in left)
        {
            call.Settle(Unserved(call));
        }

        await lives.ConfigureAwait(false);
    }

    /// <summary>The child's process has ended; what it had said before is still to come.</summary>
    public void OnExited(ChildSession child)
    {
        lock (_gate)
        {
            ChildRoster.Doom(child.Member, null);
            Look();
        }
    }

    /// <summary>
    /// The child was asked by somebody else to end, and does: what runs there may end, and what it has not started goes
    /// to the next one.
    /// </summary>
    private void OnLeaving(ChildSession child)
    {
        lock (_gate)
        {
            if (!child.Member.IsUp)
            {
                return;
            }

            child.LetGo();
            ChildRoster.Doom(child.Member, null);
            child.Member.Calls.IsFrozen = true;
            Look();
        }

        _ = EndAsync(child, DrainTime);
    }

    /// <summary>Lets a child that has finished its events finish the rest, too. Under the gate.</summary>
    private Task LeaveAsync(ChildSession child, TimeSpan time)
    {
        child.LetGo();
        return EndAsync(
            child,
            SendControl(child, new WireMessage.Drain((long)time.TotalMilliseconds)) ? time : TimeSpan.Zero
        );
    }

    /// <summary>Sees to it that a child ends, whatever it does.</summary>
    private async Task EndAsync(ChildSession child, TimeSpan time)
    {
        await Moment.ForAsync(child.Life, time, _context.TimeProvider).ConfigureAwait(false);
        child.Leave();
    }

    private static void Kill(ChildSession child, ExitReason reason)
    {
        ChildRoster.Doom(child.Member, reason);
        child.Kill();
    }
}
