using EventDrivenActors.Subprocess.Link;
using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Forwarding;

internal sealed partial class ChildForwarder
{
    /// <summary>Takes a message of a child. One at a time, in order.</summary>
    /// <exception cref="PayloadException">The message carries bytes that are no payload.</exception>
    /// <exception cref="LinkProtocolException">The message cannot come now.</exception>
    public void Receive(ChildSession child, WireMessage message)
    {
        switch (message)
        {
            case WireMessage.Started started:
                OnStarted(child, started.Id);
                break;
            case WireMessage.Settled settled:
                OnSettled(child, settled);
                break;
            case WireMessage.Ended ended:
                OnEnded(child, ended.Id);
                break;
            case WireMessage.Suspended:
                OnSuspended(child);
                break;
            case WireMessage.Report report:
                OnReport(child, report);
                break;
            case WireMessage.Logged logged:
                _log?.Logged(child.ProcessId ?? 0, logged);
                break;
            case WireMessage.Raise raise:
                OnRaised(raise);
                break;
        }
    }

    private void OnStarted(ChildSession child, long id)
    {
        lock (_gate)
        {
            if (child.Member.Calls.TryGet(id, out OutstandingCall call))
            {
                child.Member.Calls.Start(call);
                call.Due = _options.KillOnTimeout && call.Limit is { } limit ? Now + limit : null;
                WakeAt(call.Due);
                LookIfOthersWait();
            }
        }
    }

    private void OnSettled(ChildSession child, WireMessage.Settled settled)
    {
        OutstandingCall call;
        lock (_gate)
        {
            if (!child.Member.Calls.TryGet(settled.Id, out call) || call.Settled)
            {
                throw new LinkProtocolException($"The child settled the call '{settled.Id}', which it does not have or had settled before.");
            }
        }

        // Results that cannot be read break the link's rules: the call is then lost with the child, so it must still be in the table.
        EventOutcome outcome = OutcomeOf(settled, call, child);
        lock (_gate)
        {
            if (!child.Member.Calls.TryGet(settled.Id, out _) || call.Settled)
            {
                return;
            }

            if (settled.Kind == OutcomeKind.TimedOut)
            {
                // Its handler may still run: the table keeps it, and idle it is not, until it has ended or has cost the child its life.
                call.Settled = true;
            }
            else
            {
                End(child, settled.Id);
            }
        }

        call.Settle(outcome);
        if (call is RemoteCall)
        {
            // No deferred event says so to the loop.
            BecameIdle?.Invoke();
        }
    }

    private void OnReport(ChildSession child, WireMessage.Report report)
    {
        OutstandingCall call;
        lock (_gate)
        {
            if (!child.Member.Calls.TryGet(report.Id, out call) || call.Settled)
            {
                return;
            }
        }

        if (call.Report is null)
        {
            throw new LinkProtocolException($"The child reported progress of the call '{report.Id}', which nobody hears.");
        }

        call.Report(_encoder.DecodeReport(report.Payload), () =>
        {
            lock (_gate)
            {
                SendControl(child, new WireMessage.ReportTaken(report.Id));
            }
        });
    }

    private void OnEnded(ChildSession child, long id)
    {
        lock (_gate)
        {
            End(child, id);
        }

        BecameIdle?.Invoke();
    }

    private void OnSuspended(ChildSession child)
    {
        lock (_gate)
        {
            if (!child.Member.Pause.IsAwaited)
            {
                throw new LinkProtocolException("The child said that it starts nothing more, and had not been asked for that.");
            }

            if (child.Member.Pause.Confirm())
            {
                child.Member.Calls.IsFrozen = true;
                CheckHolding();
                if (child.Member.Ladder.IsUp)
                {
                    ClimbLadder(child);
                }
            }
        }
    }

    private void OnRaised(WireMessage.Raise raise)
    {
        EventPayload payload = _encoder.DecodeEvent(raise.Payload);
        try
        {
            _ = Controller.Dispatch(payload.Key, payload.Value, null, [.. payload.Args]);
        }
        catch (Exception refused)
        {
            _log?.RaiseRefused(payload.Key, refused.Message);
        }
    }

    private void End(ChildSession child, long id)
    {
        if (_table.TryEnd(child.Member.Calls, id, out _) && child.Member.Ladder.IsUp)
        {
            ClimbLadder(child);
        }

        MakeRoom();
        if (!LookIfOthersWait())
        {
            Pump();
        }
    }

    /// <summary>The start or the end of a call lets others go on only where they wait for it.</summary>
    private bool LookIfOthersWait()
    {
        bool others = _roster.IsReplacing || _table.HasSuspects || _options.Recycling.MaxEvents is not null;
        if (others)
        {
            Look();
        }

        return others;
    }

    private EventOutcome OutcomeOf(WireMessage.Settled settled, OutstandingCall call, ChildSession child) => settled.Kind switch
    {
        OutcomeKind.Completed => Completed(settled, call),
        OutcomeKind.Skipped => EventOutcome.Skipped,
        OutcomeKind.Cancelled => EventOutcome.Cancelled,
        OutcomeKind.TimedOut => TimedOut(call),
        _ => EventOutcome.Faulted(ChildFailures.Remote(settled.Failure!, call.Key, child.ProcessId!.Value)),
    };

    /// <summary>Bytes that are no payload are the link's affair; a type of the user's that fails while it is read costs its own event only.</summary>
    private EventOutcome Completed(WireMessage.Settled settled, OutstandingCall call)
    {
        try
        {
            return EventOutcome.Completed(_encoder.DecodeResults(settled.Payload));
        }
        catch (PayloadException failed) when (failed.InnerException is not (null or WireFormatException))
        {
            return EventOutcome.Faulted(new PayloadRefusedException(
                $"The results of the event '{call.Key}' of the controller '{Controller.Name}' came back from the child process and could not be read: {failed.Message}", failed));
        }
    }

    private EventOutcome TimedOut(OutstandingCall call) => EventOutcome.TimedOut(new EventTimeoutException(
        $"{(call is RemoteCall ? "The call" : "The handlers of the event")} '{call.Key}' of the controller '{Controller.Name}' took longer than {call.Limit} in the child process."));
}
