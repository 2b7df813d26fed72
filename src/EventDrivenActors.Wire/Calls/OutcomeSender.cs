using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Wire.Calls;

/// <summary>Tells the caller how calls have ended. Any thread.</summary>
/// <param name="options">The codec, and the ways out.</param>
/// <param name="calls">The calls that have not ended.</param>
/// <param name="outbox">To the caller.</param>
internal sealed class OutcomeSender(HolderOptions options, RunningCalls calls, CallerOutbox outbox)
{
    private static readonly TimeSpan ArrivalTime = TimeSpan.FromSeconds(5);

    // Any thread.
    private volatile bool _leaves;
    private volatile bool _abandons;

    /// <summary>The holder leaves by itself: calls whose outcome is not sent by then stay the caller's.</summary>
    public void OnLeaving() => _leaves = true;

    /// <summary>The tokens of running calls fire: calls that end then otherwise than completed do not end so.</summary>
    public void OnAbandoning() => _abandons = true;

    /// <summary>Says how a call has ended: on the worker's thread where no user code can run for it.</summary>
    public void Send(RunningCall call, EventOutcome outcome)
    {
        if (outcome.Status == PendingStatus.Completed && PayloadCodec.IsPlain(outcome.Results))
        {
            try
            {
                calls.Remove(call);
                call.Progress?.End();
                outbox.SendCompleted(call.Id, outcome.Results, options.Codec);
                return;
            }
            catch (PayloadException)
            {
                // It is too large, which is told as any other failure is.
            }
            catch (Exception reason)
            {
                options.Fail(reason);
                return;
            }
        }

        if (outcome.Status == PendingStatus.TimedOut)
        {
            // Its handler may have starved the pool.
            SendTimedOut(call);
            return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(_ => _ = SendOrFailAsync(call, call.Pending!), null);
    }

    /// <summary>Says that a call was cancelled before it was dispatched.</summary>
    public void SendCancelled(long id) =>
        outbox.Send(new WireMessage.Settled(id, OutcomeKind.Cancelled, default, null));

    /// <summary>Says that a call that was registered was not dispatched.</summary>
    public void SendRefused(RunningCall call, Exception refused)
    {
        if (!calls.Remove(call))
        {
            // It was cancelled while its arguments were read.
            return;
        }

        if (refused is ControllerClosedException)
        {
            if (!_leaves)
            {
                SendCancelled(call.Id);
            }
        }
        else
        {
            Exception told = refused is PayloadException unreadable ? new ArgumentsException(unreadable) : refused;
            outbox.Send(new WireMessage.Settled(call.Id, OutcomeKind.Faulted, default, RemoteFailure.From(told)));
            _ = MustArriveAsync(refused);
        }
    }

    /// <summary>Says that a call timed out while its arguments were read.</summary>
    public void SendTimedOutInReading(RunningCall call)
    {
        if (calls.Remove(call))
        {
            outbox.Send(new WireMessage.Settled(call.Id, OutcomeKind.TimedOut, default, null));
            call.TimedOut();
        }
    }

    private void SendTimedOut(RunningCall call)
    {
        try
        {
            Send(call, new WireMessage.Settled(call.Id, OutcomeKind.TimedOut, default, null));
            call.TimedOut();
        }
        catch (Exception reason)
        {
            options.Fail(reason);
        }
    }

    /// <summary>
    /// Says how a call has ended, once it has. Without memory, for one, nothing can be said; the caller then learns
    /// it from the end of the holder.
    /// </summary>
    public async Task SendOrFailAsync(RunningCall call, Pending pending)
    {
        try
        {
            await SendAsync(call, pending).ConfigureAwait(false);
        }
        catch (Exception reason)
        {
            options.Fail(reason);
        }
    }

    private async Task SendAsync(RunningCall call, Pending pending)
    {
        WireMessage.Settled settled;
        Exception? failed = null;
        try
        {
            IReadOnlyList<object?> results = await pending.AsTask().ConfigureAwait(false);
            settled =
                pending.Status == PendingStatus.Skipped
                    ? new WireMessage.Settled(call.Id, OutcomeKind.Skipped, default, null)
                    : new WireMessage.Settled(call.Id, OutcomeKind.Completed, Encode(results), null);
        }
        catch (Exception failure)
        {
            failed = failure;
            if (pending.Status == PendingStatus.Closed && !_leaves)
            {
                options.Fail(options.SystemEnded(pending.Key, failure));
                return;
            }

            settled = pending.Status switch
            {
                PendingStatus.Cancelled or PendingStatus.Closed => new WireMessage.Settled(
                    call.Id,
                    OutcomeKind.Cancelled,
                    default,
                    null
                ),
                PendingStatus.TimedOut => new WireMessage.Settled(call.Id, OutcomeKind.TimedOut, default, null),
                _ => new WireMessage.Settled(call.Id, OutcomeKind.Faulted, default, RemoteFailure.From(failure)),
            };
        }

        if (IsOfLeaving(call, settled.Kind))
        {
            calls.Remove(call);
            return;
        }

        Send(call, settled);
        if (settled.Kind == OutcomeKind.TimedOut)
        {
            call.TimedOut();
        }

        await MustArriveAsync(failed).ConfigureAwait(false);
    }

    /// <summary>
    /// Whether a call ended so only because the holder leaves: then the caller learns from the holder's end that it is
    /// lost, or delivers it again.
    /// </summary>
    private bool IsOfLeaving(RunningCall call, OutcomeKind kind) =>
        _leaves && !call.IsUnwanted && (kind == OutcomeKind.Cancelled || (_abandons && kind == OutcomeKind.Faulted));

    private void Send(RunningCall call, WireMessage.Settled settled)
    {
        calls.Remove(call);
        call.Progress?.End();
        outbox.SendOutcome(settled);
    }

    /// <summary>
    /// When memory has run out, a message may be lost without a trace: the holder ends unless the caller has it
    /// soon.
    /// </summary>
    private async Task MustArriveAsync(Exception? failure)
    {
        if (failure?.GetBaseException() is not OutOfMemoryException)
        {
            return;
        }

        try
        {
            await outbox.ArrivedAsync().WaitAsync(ArrivalTime, options.LinkTime).ConfigureAwait(false);
        }
        catch (Exception lost)
        {
            options.Fail(lost);
        }
    }

    private byte[] Encode(IReadOnlyList<object?> results)
    {
        try
        {
            return options.Codec.Encode(results, static (values, buffer, results) => values.WriteAll(buffer, results));
        }
        catch (PayloadException refused)
        {
            throw new ResultException(refused);
        }
    }
}
