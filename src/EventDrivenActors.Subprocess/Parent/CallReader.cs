using EventDrivenActors.Wire.Calls;
using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>
/// Reads what children say, without the gate because reading may run code of users, and passes it on.
/// </summary>
/// <param name="gate">The gate that the owners of the parent's half share.</param>
/// <param name="controller">The controller's name.</param>
/// <param name="readTimeout">How long the reading of one message may take.</param>
/// <param name="encoder">Turns bytes into values.</param>
/// <param name="dispatcher">Settles calls.</param>
/// <param name="supervisor">Keeps a child alive.</param>
/// <param name="run">Decides the outcome of calls at the run's end.</param>
/// <param name="log">Hears what could not be read.</param>
internal sealed class CallReader(
    Lock gate,
    string controller,
    TimeSpan readTimeout,
    CallEncoder encoder,
    CallDispatcher dispatcher,
    Supervisor supervisor,
    RunEnd run,
    SupervisionLog log
)
{
    private static readonly Action Nothing = static () => { };

    public TimeSpan ReadTimeout => readTimeout;

    /// <summary>The way of most calls, whose results hold no object.</summary>
    /// <returns>Whether the results could be read; else nothing has been done.</returns>
    public bool TryComplete(SupervisedChild child, long id, ReadOnlyMemory<byte> payload)
    {
        EventOutcome outcome;
        try
        {
            outcome = EventOutcome.Completed(encoder.DecodeResults(payload));
        }
        catch (PayloadException failed) when (failed.IsOfAType)
        {
            return false;
        }

        dispatcher.OnCompleted(child, id, outcome);
        return true;
    }

    /// <summary>Takes a message of a child. One at a time, in order.</summary>
    /// <exception cref="PayloadException">The message carries bytes that are no payload.</exception>
    /// <exception cref="LinkProtocolException">The message cannot come now.</exception>
    public void Receive(SupervisedChild child, WireMessage message)
    {
        switch (message)
        {
            case WireMessage.Started started:
                dispatcher.OnStarted(child, started.Id);
                break;
            case WireMessage.Suspended:
                supervisor.OnSuspended(child);
                break;
            case WireMessage.Leaving:
                supervisor.OnLeaving(child);
                break;
            case WireMessage.Logged logged:
                log.Logged(child.LaunchedProcess, logged);
                break;
            default:
                Read(child, message)();
                break;
        }
    }

    /// <summary>A message that must be read off the link's thread has arrived.</summary>
    public void OnArrived(SupervisedChild child, WireMessage message)
    {
        if (message is WireMessage.Settled settled)
        {
            dispatcher.OnArrived(child, settled.Id);
        }
    }

    /// <summary>Reads a message of a child, without the gate.</summary>
    /// <returns>The action to run for it, unless reading has taken too long.</returns>
    /// <exception cref="PayloadException">The message carries bytes that are no payload.</exception>
    /// <exception cref="LinkProtocolException">The message cannot come now.</exception>
    public Action Read(SupervisedChild child, WireMessage message)
    {
        switch (message)
        {
            case WireMessage.Settled settled:
                OutstandingCall call = dispatcher.CallOf(child, settled.Id);
                EventOutcome outcome = OutcomeOf(settled, call, child);
                bool runsOn = settled.Kind == OutcomeKind.TimedOut;
                return () => dispatcher.OnSettled(child, call, outcome, runsOn);
            case WireMessage.Progress progress:
                return ReadProgress(child, progress);
            case WireMessage.Raise raise:
                return ReadRaise(child, raise);
            case WireMessage.Ended ended:
                return () => dispatcher.OnEnded(child, ended.Id);
            default:
                return Nothing;
        }
    }

    /// <summary>Reading has taken too long: the message is lost, and nothing else.</summary>
    public void GiveUpReading(SupervisedChild child, WireMessage message)
    {
        string reason =
            $"reading had not ended after '{readTimeout}' and was given up; look for a hash code, an equality or a "
            + "comparison that does not end";
        switch (message)
        {
            case WireMessage.Settled settled:
                OutstandingCall call = dispatcher.CallOf(child, settled.Id);
                bool runsOn = settled.Kind == OutcomeKind.TimedOut;
                dispatcher.OnSettled(child, call, CallFailures.Unreadable(controller, call, reason, null), runsOn);
                break;
            case WireMessage.Progress progress:
                log.NotRead("a report of progress that a handler made", reason);
                TellTaken(child, progress.Id);
                break;
            case WireMessage.Raise:
                log.NotRead("an event that handlers raised", reason);
                child.Raised.Lost();
                break;
        }
    }

    private EventOutcome OutcomeOf(WireMessage.Settled settled, OutstandingCall call, SupervisedChild child) =>
        settled.Kind switch
        {
            OutcomeKind.Completed => Completed(settled, call),
            OutcomeKind.Skipped => EventOutcome.Skipped,
            // Its token also fires when the run ends, which is not always a cancellation.
            OutcomeKind.Cancelled => call.Unwanted || supervisor.IsRunning
                ? EventOutcome.Cancelled
                : run.Unserved(call),
            OutcomeKind.TimedOut => CallFailures.TimedOut(controller, call),
            _ => EventOutcome.Faulted(CallFailures.Remote(settled.Failure!, call.Key, child.ProcessId!.Value)),
        };

    /// <summary>
    /// Bytes that are no payload are the link's affair; a user's type that fails while it is read costs only its own
    /// event.
    /// </summary>
    private EventOutcome Completed(WireMessage.Settled settled, OutstandingCall call)
    {
        try
        {
            return EventOutcome.Completed(encoder.DecodeResults(settled.Payload));
        }
        catch (PayloadException failed) when (failed.IsOfAType)
        {
            return CallFailures.Unreadable(controller, call, failed.Message, failed);
        }
    }

    private Action ReadProgress(SupervisedChild child, WireMessage.Progress progress)
    {
        if (dispatcher.OpenCallOf(child, progress.Id) is not { } call)
        {
            return Nothing;
        }

        if (call.Progress is not { } listener)
        {
            throw new LinkProtocolException(
                $"The child reported progress of the call '{progress.Id}', to which nobody listens."
            );
        }

        try
        {
            object? value = encoder.DecodeProgress(progress.Payload);
            return () => listener(value, () => TellTaken(child, progress.Id));
        }
        catch (PayloadException failed) when (failed.IsOfAType)
        {
            log.NotRead($"a report of progress that a handler of '{call.Key}' made", failed.Message);
            return () => TellTaken(child, progress.Id);
        }
    }

    /// <summary>Tells a child that its progress was heard, so that it may send more.</summary>
    private void TellTaken(SupervisedChild child, long id)
    {
        lock (gate)
        {
            child.SendControl(new WireMessage.ProgressTaken(id));
        }
    }

    private Action ReadRaise(SupervisedChild child, WireMessage.Raise raise)
    {
        EventPayload payload;
        try
        {
            payload = encoder.DecodeEvent(raise.Payload);
        }
        catch (PayloadException failed) when (failed.IsOfAType)
        {
            log.NotRead("an event that handlers raised", failed.Message);
            return child.Raised.Lost;
        }

        object key = payload.Key ?? throw new LinkProtocolException("The child raised an event without a key.");
        return () => child.Raised.Add(key, payload);
    }
}
