using EventDrivenActors.Subprocess.Link;
using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Parent;

internal sealed partial class ChildForwarder
{
    private static readonly Action Nothing = static () => { };

    /// <summary>
    /// What is to be read off the link's thread has come. Its handler has ended: time that reading takes is not the
    /// child's.
    /// </summary>
    public void OnArrived(ChildSession child, WireMessage message)
    {
        if (message is not WireMessage.Settled settled)
        {
            return;
        }

        lock (_gate)
        {
            if (
                child.Member.Calls.TryGet(settled.Id, out OutstandingCall call)
                && !call.Settled
                && call.Due is not null
            )
            {
                call.Due = null;
                ClimbLadderIfUp(child);
            }
        }
    }

    /// <summary>Reads a message of a child, without the gate.</summary>
    /// <returns>What is to be done with it, unless reading has taken too long.</returns>
    /// <exception cref="PayloadException">The message carries bytes that are no payload.</exception>
    /// <exception cref="LinkProtocolException">The message cannot come now.</exception>
    public Action Read(ChildSession child, WireMessage message)
    {
        switch (message)
        {
            case WireMessage.Settled settled:
                OutstandingCall call = CallOf(child, settled);
                EventOutcome outcome = OutcomeOf(settled, call, child);
                return () => OnSettled(child, settled, call, outcome);
            case WireMessage.Report report:
                return ReadReport(child, report);
            case WireMessage.Raise raise:
                return ReadRaise(child, raise);
            case WireMessage.Ended ended:
                return () => OnEnded(child, ended.Id);
            default:
                return Nothing;
        }
    }

    /// <summary>Reading has taken too long: the message is lost, and nothing else.</summary>
    public void GiveUpReading(ChildSession child, WireMessage message)
    {
        string reason =
            $"reading had not ended after '{ReadTimeout}' and was given up; look for a hash code, an equality or a "
            + "comparison that does not end";
        switch (message)
        {
            case WireMessage.Settled settled:
                OutstandingCall call = CallOf(child, settled);
                OnSettled(child, settled, call, Unreadable(call, reason, null));
                break;
            case WireMessage.Report report:
                _log?.NotRead("a report of progress that a handler made", reason);
                Taken(child, report.Id);
                break;
            case WireMessage.Raise:
                _log?.NotRead("an event that handlers raised", reason);
                child.Raised.Lost();
                break;
        }
    }

    /// <summary>
    /// Bytes that are no payload are the link's affair; a user's type that fails while it is read costs only its own
    /// event.
    /// </summary>
    private EventOutcome Completed(WireMessage.Settled settled, OutstandingCall call)
    {
        try
        {
            return EventOutcome.Completed(_encoder.DecodeResults(settled.Payload));
        }
        catch (PayloadException failed) when (failed.IsOfAType)
        {
            return Unreadable(call, failed.Message, failed);
        }
    }

    private EventOutcome Unreadable(OutstandingCall call, string reason, Exception? cause) =>
        EventOutcome.Faulted(
            new PayloadRefusedException(
                $"The results of the event '{call.Key}' of the controller '{Controller.Name}' came back from the "
                    + $"child process and could not be read: {reason}",
                cause
            )
        );

    private Action ReadReport(ChildSession child, WireMessage.Report report)
    {
        OutstandingCall call;
        lock (_gate)
        {
            if (!child.Member.Calls.TryGet(report.Id, out call) || call.Settled)
            {
                return Nothing;
            }
        }

        if (call.Report is null)
        {
            throw new LinkProtocolException(
                $"The child reported progress of the call '{report.Id}', which nobody hears."
            );
        }

        try
        {
            object? value = _encoder.DecodeReport(report.Payload);
            return () => call.Report(value, () => Taken(child, report.Id));
        }
        catch (PayloadException failed) when (failed.IsOfAType)
        {
            _log?.NotRead($"a report of progress that a handler of '{call.Key}' made", failed.Message);
            return () => Taken(child, report.Id);
        }
    }

    private void Taken(ChildSession child, long id)
    {
        lock (_gate)
        {
            SendControl(child, new WireMessage.ReportTaken(id));
        }
    }

    private Action ReadRaise(ChildSession child, WireMessage.Raise raise)
    {
        EventPayload payload;
        try
        {
            payload = _encoder.DecodeEvent(raise.Payload);
        }
        catch (PayloadException failed) when (failed.IsOfAType)
        {
            _log?.NotRead("an event that handlers raised", failed.Message);
            return child.Raised.Lost;
        }

        object key = payload.Key ?? throw new LinkProtocolException("The child raised an event without a key.");
        return () => child.Raised.Add(key, payload);
    }
}
