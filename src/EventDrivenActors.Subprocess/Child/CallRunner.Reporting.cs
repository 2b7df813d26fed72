using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Child;

/// <content>Tells the parent how calls have ended.</content>
internal sealed partial class CallRunner
{
    /// <summary>Says how a call has ended: on the worker's thread where no user code can run for it.</summary>
    private void Report(RunningCall call, EventOutcome outcome)
    {
        if (outcome.Status == PendingStatus.Completed && PayloadCodec.IsPlain(outcome.Results))
        {
            try
            {
                _calls.Remove(call);
                call.Reports?.End();
                outbox.Complete(call.Id, outcome.Results, types.Codec);
                return;
            }
            catch (PayloadException)
            {
                // It is too large, which is reported as any other failure is.
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
            SayTimedOut(call);
            return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(_ => _ = ReportOrFailAsync(call, call.Pending!), null);
    }

    private void SayTimedOut(RunningCall call)
    {
        try
        {
            Settle(call, new WireMessage.Settled(call.Id, OutcomeKind.TimedOut, default, null));
            call.TimedOut();
        }
        catch (Exception reason)
        {
            fail(reason);
        }
    }

    /// <summary>
    /// For example without memory nothing can be reported; the parent must then learn it from the child's end.
    /// </summary>
    private async Task ReportOrFailAsync(RunningCall call, Pending pending)
    {
        try
        {
            await ReportAsync(call, pending).ConfigureAwait(false);
        }
        catch (Exception reason)
        {
            fail(reason);
        }
    }

    private async Task ReportAsync(RunningCall call, Pending pending)
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
            _calls.Remove(call);
            return;
        }

        Settle(call, settled);
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

    private void Settle(RunningCall call, WireMessage.Settled settled)
    {
        _calls.Remove(call);
        call.Reports?.End();
        outbox.Settle(settled);
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
            await outbox.ArrivedAsync().WaitAsync(ArrivalTime, LinkTime).ConfigureAwait(false);
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
