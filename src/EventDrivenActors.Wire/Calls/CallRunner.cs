using EventDrivenActors.Advanced;
using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Wire.Calls;

/// <summary>
/// Runs the caller's calls in the holder's pool. The caller's messages come one at a time, in order; calls that are
/// read in the lane continue on other threads.
/// </summary>
/// <param name="dispatch">Turns calls into events of the pool.</param>
/// <param name="options">The codecs, and how long reading arguments may take.</param>
/// <param name="pool">The workers.</param>
/// <param name="outbox">To the caller.</param>
/// <param name="calls">The calls that have not ended.</param>
/// <param name="outcomes">Tells the caller how calls have ended.</param>
/// <param name="lane">Reads arguments that may run user code, which must not hold up the link.</param>
internal sealed class CallRunner(
    CallDispatch dispatch,
    HolderOptions options,
    ControllerPool pool,
    CallerOutbox outbox,
    RunningCalls calls,
    OutcomeSender outcomes,
    ReadingLane lane
)
{
    private readonly Action<RunningCall, EventOutcome> _sendOutcome = outcomes.Send;

    // The thread that takes the caller's messages.
    private readonly HashSet<long> _cancelledEarly = [];
    private long _accepted;
    private long _withdrawn;

    /// <summary>How many calls have come so far.</summary>
    public long Accepted => _accepted;

    public void Accept(WireMessage.Call message)
    {
        if (Register(message.Id, message.Slot) is not { } call)
        {
            return;
        }

        call.Progress = message.WantsProgress ? new CallProgress(call.Id, options, outbox) : null;
        try
        {
            Submission? method = dispatch.MethodOf(message);
            if (lane.IsBusy || EventPayloadCodec.MayRunCode(message.Payload))
            {
                ReadInLane(message with { Payload = message.Payload.ToArray() }, call, method);
                return;
            }

            call.Pending = dispatch.Dispatch(message, call, method, options.Events.Read(message.Payload));
        }
        catch (Exception refused)
        {
            outcomes.SendRefused(call, refused);
            return;
        }

        call.Pending.WhenSettled(call.SendOutcome);
    }

    /// <summary>Registers a call, so that it can be cancelled.</summary>
    /// <param name="id">Which.</param>
    /// <param name="slot">Where its start is marked.</param>
    /// <param name="stays">Whether it runs even when calls that have not started are withdrawn.</param>
    /// <returns>The call; null when it was cancelled before it came.</returns>
    public RunningCall? Register(long id, int slot, bool stays = false)
    {
        if (_cancelledEarly.Remove(id) | (++_accepted <= _withdrawn && !stays))
        {
            outcomes.SendCancelled(id);
            return null;
        }

        RunningCall call = new(id, slot, outbox, _sendOutcome) { Stays = stays };
        calls.Add(call);
        return call;
    }

    /// <summary>Dispatches a registered call, on this thread, and says how it ends. Never throws.</summary>
    /// <returns>Completes when its handler has really ended.</returns>
    public async Task RunAsync(RunningCall call, Func<Pending> start)
    {
        try
        {
            if (!call.TryDispatch(start))
            {
                return;
            }
        }
        catch (Exception refused)
        {
            outcomes.SendRefused(call, refused);
            return;
        }

        await outcomes.SendOrFailAsync(call, call.Pending!).ConfigureAwait(false);
        if (call.Pending is { Status: PendingStatus.TimedOut })
        {
            await call.WhenHandlerEnded().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Cancels a call, which may still be on its way, because control traffic overtakes events. The id does not tell: a
    /// call that is delivered again may have a low one.
    /// </summary>
    public void Cancel(WireMessage.Cancel cancel)
    {
        if (calls.Find(cancel.Id) is { } call)
        {
            Drop(call, call.Cancel());
        }
        else if (cancel.Number > _accepted)
        {
            _cancelledEarly.Add(cancel.Id);
        }
    }

    /// <summary>
    /// Cancels the calls that have not started, and those of the first <paramref name="count"/> calls that are still on
    /// their way.
    /// </summary>
    public void Withdraw(long count)
    {
        _withdrawn = count;
        foreach (RunningCall call in calls.All())
        {
            Drop(call, call.Withdraw());
        }
    }

    /// <summary>The caller has heard some progress of a call.</summary>
    public void ProgressTaken(long id)
    {
        calls.Find(id)?.Progress?.Taken();
    }

    /// <summary>Suspends the pool, and tells the caller after each start has been told.</summary>
    public async Task SuspendAsync()
    {
        await SuspendPoolAsync().ConfigureAwait(false);
        outbox.Send(new WireMessage.Suspended());
    }

    private async Task SuspendPoolAsync()
    {
        await pool.SuspendAsync().ConfigureAwait(false);
        foreach (RunningCall call in calls.All())
        {
            // A worker that is taking an event at this moment may not have said so yet.
            if (call.Pending is { Status: PendingStatus.Running })
            {
                call.SayStarted();
            }
        }
    }

    /// <summary>
    /// Suspends the pool, because the holder leaves by itself, and tells the caller after each start has been told.
    /// Calls whose outcome has not been sent by then stay the caller's.
    /// </summary>
    public async Task LeaveAsync()
    {
        outcomes.OnLeaving();
        await SuspendPoolAsync().ConfigureAwait(false);
        outbox.Send(new WireMessage.Leaving());
    }

    /// <summary>
    /// Fires the tokens of running calls, because the holder leaves. If a call then ends in another way than completed,
    /// its event does not end so.
    /// </summary>
    public void Abandon()
    {
        outcomes.OnAbandoning();
        foreach (RunningCall call in calls.All())
        {
            call.Pending?.Cancel();
        }
    }

    private void Drop(RunningCall call, bool dropped)
    {
        if (dropped && calls.Remove(call))
        {
            outcomes.SendCancelled(call.Id);
        }
    }

    /// <summary>
    /// Reads a call's arguments off the link's thread and within its time; later calls are dispatched after it.
    /// </summary>
    private void ReadInLane(WireMessage.Call message, RunningCall call, Submission? method)
    {
        TimeSpan own = TimeSpan.FromTicks(message.TimeoutTicks);
        TimeSpan patience = options.ReadTimeout;
        bool isOwn = message.TimeoutTicks > 0 && (patience == Timeout.InfiniteTimeSpan || own <= patience);
        lane.Add(
            new Reading
            {
                Limit = isOwn ? own : patience,
                Read = () => Read(message, call, method),
                GivenUp = () => GiveUpReading(call, timedOut: isOwn),
                Ended = call.HandlerEnded,
            }
        );
    }

    private Action Read(WireMessage.Call message, RunningCall call, Submission? method)
    {
        if (!call.BeginReading())
        {
            return static () => { };
        }

        try
        {
            EventPayload payload = options.Events.Read(message.Payload);
            return () => _ = RunAsync(call, () => dispatch.Dispatch(message, call, method, payload));
        }
        catch (Exception refused)
        {
            return () => outcomes.SendRefused(call, refused);
        }
    }

    /// <summary>
    /// The call has timed out, as with a handler that ignores its token; or it is refused, where its time-out is longer
    /// than any reading may take.
    /// </summary>
    private void GiveUpReading(RunningCall call, bool timedOut)
    {
        if (!timedOut)
        {
            outcomes.SendRefused(
                call,
                new PayloadException(
                    $"The arguments could not be read within '{options.ReadTimeout}' and were given up; look for a "
                        + "hash code, an equality or a comparison that does not end."
                )
            );
        }
        else
        {
            outcomes.SendTimedOutInReading(call);
        }
    }
}
