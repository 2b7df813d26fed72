using EventDrivenActors.Subprocess.Supervision;

namespace EventDrivenActors.Subprocess.Parent;

internal sealed partial class ChildForwarder
{
    /// <summary>The end of the child after which none is started again; null while the run has not failed.</summary>
    private ChildEnd? _lastEnd;

    /// <summary>Settles what died with the child, and sees to the next one.</summary>
    /// <returns>What is to be done when nothing of the child is left.</returns>
    private Action Bury(ChildSession child, ChildEnd end)
    {
        List<(OutstandingCall Call, EventOutcome Outcome)> settled = [];
        bool planned;
        bool stopped;
        bool givenUp;
        TimeSpan? delay;
        lock (_gate)
        {
            ChildMember member = child.Member;
            planned = member.Role == ChildRole.Leaving;
            stopped = !_roster.IsRunning || !_roster.Members.Contains(member);
            end = end with { Reason = stopped ? ExitReason.Stopped : member.Reason ?? end.Reason };
            child.End = end;
            Divide(member.Calls, child.Starts, end, settled, stopped && _lastEnd is null);
            delay = _roster.Died(member, Now, end.MayRetry);
            CheckHolding();
            Look();
            delay = _roster.HasAnother ? null : delay;
            givenUp = !stopped && _roster.HasFailed;
            _lastEnd = givenUp ? end : _lastEnd;
            MakeRoom();
        }

        foreach ((OutstandingCall call, EventOutcome outcome) in settled)
        {
            call.Settle(outcome);
        }

        BecameIdle?.Invoke();
        ChildMetrics.Ended(end.Reason);
        if (givenUp)
        {
            _log?.GivenUp(end);
            // Failing closes the adapters, and this one waits for the task that calls: it goes on by itself.
            _ = Task.Run(() => GiveUpAsync(end));
        }

        return () =>
        {
            lock (_gate)
            {
                _sessions.Remove(child);
            }

            if (planned || stopped)
            {
                _log?.Ended(end);
            }
            else if (!givenUp)
            {
                _log?.Lost(end, delay);
            }
        };
    }

    /// <summary>
    /// Says what each call of a dead child ends as; what may be delivered again waits again. Under the gate.
    /// </summary>
    private void Divide(
        HeldCalls held,
        StartRecord? starts,
        ChildEnd end,
        List<(OutstandingCall Call, EventOutcome Outcome)> settled,
        bool stopped
    )
    {
        if (stopped)
        {
            settled.AddRange(_table.TakeHeld(held).Select(call => (call, Unserved(call))));
            return;
        }

        TimeSpan now = Now;
        foreach (OutstandingCall late in held.All.Where(call => call is { Settled: false, Due: { } due } && due <= now))
        {
            late.Settled = true;
            settled.Add((late, TimedOut(late)));
        }

        LostCalls lost = _table.ChildDied(held, starts);
        settled.AddRange(lost.Lost.Select(call => (call, ChildFailures.Lost(Controller.Name, call, end))));
        settled.AddRange(lost.Poisoned.Select(call => (call, ChildFailures.Poisoned(Controller.Name, call, end))));
        settled.AddRange(lost.Cancelled.Select(call => (call, EventOutcome.Cancelled)));
    }

    private async Task GiveUpAsync(ChildEnd end)
    {
        EventOutcome outcome = EventOutcome.ChildLost(key => ChildFailures.GivenUp(Controller.Name, end, key));
        List<OutstandingCall> held = [];
        IReadOnlyList<OutstandingCall> waiting;
        lock (_gate)
        {
            if (!ReferenceEquals(_lastEnd, end))
            {
                // The run that has failed was shut down meanwhile, and there is another one.
                return;
            }

            // One that was to be replaced may still have some; it dies with the run.
            _sessions.ForEach(child => held.AddRange(_table.TakeHeld(child.Member.Calls)));
            held.ForEach(call => call.Died(call.Started ? true : null));
            waiting = _table.TakeWaiting();
        }

        foreach (OutstandingCall call in held)
        {
            call.Settle(ChildFailures.Lost(Controller.Name, call, end));
        }

        foreach (OutstandingCall call in waiting)
        {
            call.Settle(EventOutcome.ChildLost(ChildFailures.GivenUp(Controller.Name, end, call)));
        }

        await _lateReports.SettleAsync().ConfigureAwait(false);
        lock (_gate)
        {
            if (_closed || !ReferenceEquals(_lastEnd, end))
            {
                // The run that has failed was shut down during the wait.
                return;
            }
        }

        _context.Lifecycle.Fail(ChildFailures.GivenUp(Controller.Name, end), outcome);
    }
}
