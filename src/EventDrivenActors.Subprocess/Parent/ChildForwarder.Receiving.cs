using EventDrivenActors.Subprocess.Link;
using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Parent;

internal sealed partial class ChildForwarder
{
    /// <summary>How long the reading of one message may take.</summary>
    public TimeSpan ReadTimeout => ChildLinks.For(_context.System).Settings.ReadTimeout;

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
                OutstandingCall ended = CallOf(child, settled);
                OnSettled(child, settled, ended, OutcomeOf(settled, ended, child));
                break;
            case WireMessage.Suspended:
                OnSuspended(child);
                break;
            case WireMessage.Leaving:
                OnLeaving(child);
                break;
            case WireMessage.Logged logged:
                _log?.Logged(child.LaunchedProcess, logged);
                break;
            default:
                Read(child, message)();
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
                call.Due = call.Allowed is { } limit ? Now + limit : null;
                WakeAt(call.Due);
                LookIfOthersWait();
            }
        }
    }

    /// <summary>
    /// The call that a child settles. Results that cannot be read break the link's rules: it is then lost with the
    /// child, so it stays in the table meanwhile.
    /// </summary>
    private OutstandingCall CallOf(ChildSession child, WireMessage.Settled settled)
    {
        lock (_gate)
        {
            return Held(child, settled.Id);
        }
    }

    /// <summary>Under the gate.</summary>
    private static OutstandingCall Held(ChildSession child, long id) =>
        child.Member.Calls.TryGet(id, out OutstandingCall call) && (!call.Settled || call.TimedOutHere)
            ? call
            : throw new LinkProtocolException(
                $"The child settled the call '{id}', which it does not have or had settled before."
            );

    /// <summary>The way of most calls, whose results hold no object: the gate is taken once.</summary>
    /// <returns>Whether the results could be read; else nothing has been done.</returns>
    public bool TryComplete(ChildSession child, long id, ReadOnlyMemory<byte> payload)
    {
        EventOutcome outcome;
        try
        {
            outcome = EventOutcome.Completed(_encoder.DecodeResults(payload));
        }
        catch (PayloadException failed) when (failed.IsOfAType)
        {
            return false;
        }

        OutstandingCall call;
        TaskCompletionSource? room;
        lock (_gate)
        {
            call = Held(child, id);
            room = End(child, id);
        }

        Settle(call, outcome, late: call.TimedOutHere);
        room?.SetResult();
        return true;
    }

    private void OnSettled(ChildSession child, WireMessage.Settled settled, OutstandingCall call, EventOutcome outcome)
    {
        TaskCompletionSource? room = null;
        bool late;
        lock (_gate)
        {
            late = call.TimedOutHere;
            call.TimedOutHere = false;
            if (!child.Member.Calls.TryGet(settled.Id, out _) || (call.Settled && !late))
            {
                return;
            }

            if (settled.Kind == OutcomeKind.TimedOut)
            {
                // Its handler may still run: the table keeps it, and idle it is not, until it has ended or has cost the
                // child its life.
                call.Settled = true;
                TimeSpan now = Now;
                call.Due = call.Due < now ? call.Due : now;
                ClimbLadder(child);
            }
            else
            {
                room = End(child, settled.Id);
            }
        }

        Settle(call, outcome, late);
        room?.SetResult();
    }

    /// <param name="call">The call.</param>
    /// <param name="outcome">How it has ended.</param>
    /// <param name="late">Whether it had timed out here, so that what its child says of it comes too late.</param>
    private void Settle(OutstandingCall call, EventOutcome outcome, bool late = false)
    {
        if (!late)
        {
            call.Settle(outcome);
        }

        if (late || call is RemoteCall)
        {
            // No deferred event says so to the loop.
            BecameIdle?.Invoke();
        }
    }

    private void OnEnded(ChildSession child, long id)
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            if (child.Member.Calls.TryGet(id, out OutstandingCall call) && !call.Settled)
            {
                throw new LinkProtocolException(
                    $"The child said that the handler of the call '{id}' has ended, and had not said how the call did."
                );
            }

            room = End(child, id);
        }

        BecameIdle?.Invoke();
        room?.SetResult();
    }

    private void OnSuspended(ChildSession child)
    {
        lock (_gate)
        {
            if (!child.Member.Pause.IsAwaited)
            {
                throw new LinkProtocolException(
                    "The child said that it starts nothing more, and had not been asked for that."
                );
            }

            if (child.Member.Pause.Confirm())
            {
                child.Member.Calls.IsFrozen = true;
                CheckHolding();
                ClimbLadderIfUp(child);
            }
        }
    }

    /// <returns>What the loop waits for, if there is room now.</returns>
    private TaskCompletionSource? End(ChildSession child, long id)
    {
        if (_table.TryEnd(child.Member.Calls, id, out _))
        {
            _coldKills = 0;
            ClimbLadderIfUp(child);
        }

        TaskCompletionSource? room = TakeRoom();
        if (!LookIfOthersWait())
        {
            Pump();
        }

        return room;
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

    private EventOutcome OutcomeOf(WireMessage.Settled settled, OutstandingCall call, ChildSession child) =>
        settled.Kind switch
        {
            OutcomeKind.Completed => Completed(settled, call),
            OutcomeKind.Skipped => EventOutcome.Skipped,
            // Its token also fires when the run ends, which is not always a cancellation.
            OutcomeKind.Cancelled => call.Unwanted || _roster.IsRunning ? EventOutcome.Cancelled : Unserved(call),
            OutcomeKind.TimedOut => TimedOut(call),
            _ => EventOutcome.Faulted(ChildFailures.Remote(settled.Failure!, call.Key, child.ProcessId!.Value)),
        };

    private EventOutcome TimedOut(OutstandingCall call) =>
        EventOutcome.TimedOut(
            new EventTimeoutException(
                $"{(call is RemoteCall ? "The call" : "The handlers of the event")} '{call.Key}' of the controller "
                    + $"'{Controller.Name}' took longer than {call.Allowed} in the child process."
            )
        );
}
