using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Child;

/// <summary>Tells the parent how calls have ended. Any thread.</summary>
/// <param name="types">The types and members that the parent named.</param>
/// <param name="calls">The calls that have not ended.</param>
/// <param name="outbox">To the parent.</param>
/// <param name="linkTime">The clock of the link.</param>
/// <param name="fail">Ends the child.</param>
internal sealed class OutcomeSender(
    ChildTypes types,
    RunningCalls calls,
    ParentOutbox outbox,
    TimeProvider linkTime,
    Action<Exception> fail
)
{
    private static readonly TimeSpan ArrivalTime = TimeSpan.FromSeconds(5);

    // Any thread.
    private volatile bool _leaves;
    private volatile bool _abandons;

    /// <summary>The child leaves by itself: calls whose outcome is not sent by then stay the parent's.</summary>
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
                outbox.SendCompleted(call.Id, outcome.Results, types.Codec);
                return;
            }
            catch (PayloadException)
            {
                // It is too large, which is told as any other failure is.
            }
            catch (Exception reason)
            {
                fail(reason);
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
            fail(reason);
        }
    }

    /// <summary>
    /// Says how a call has ended, once it has. Without memory, for one, nothing can be said; the parent then learns
    /// it from the end of the child.
    /// </summary>
    public async Task SendOrFailAsync(RunningCall call, Pending pending)
    {
        try
        {
            await SendAsync(call, pending).ConfigureAwait(false);
        }
        catch (Exception reason)
        {
            fail(reason);
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
                fail(
                    new InvalidOperationException(
                        $"The child's own actor system ended while the event '{pending.Key}' ran; leave its end to "
                            + "the child.",
                        failure
                    )
                );
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
    /// Whether a call ended so only because the child leaves: then the parent learns from the child's end that it is
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
    /// When memory has run out, a message may be lost without a trace: the child ends unless the parent has it soon.
    /// </summary>
    private async Task MustArriveAsync(Exception? failure)
    {
        if (failure?.GetBaseException() is not OutOfMemoryException)
        {
            return;
        }

        try
        {
            await outbox.ArrivedAsync().WaitAsync(ArrivalTime, linkTime).ConfigureAwait(false);
        }
        catch (Exception lost)
        {
            fail(lost);
        }
    }

    private byte[] Encode(IReadOnlyList<object?> results)
    {
        try
        {
            return types.Codec.Encode(results, static (values, buffer, results) => values.WriteAll(buffer, results));
        }
        catch (PayloadException refused)
        {
            throw new ResultException(refused);
        }
    }
}
