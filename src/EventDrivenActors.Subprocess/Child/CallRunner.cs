using EventDrivenActors.Subprocess.Link;
using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Child;

/// <summary>Runs the parent's calls in the child's pool and says how they ended.</summary>
/// <param name="types">What came by name.</param>
/// <param name="pool">The workers.</param>
/// <param name="outbox">To the parent.</param>
/// <param name="lane">Reads arguments that may run user code, which must not hold up the link.</param>
/// <param name="patience">How long that may take.</param>
/// <param name="fail">Ends the child.</param>
internal sealed partial class CallRunner(
    WorkerTypes types,
    ControllerPool pool,
    ParentOutbox outbox,
    ReadingLane lane,
    TimeSpan patience,
    Action<Exception> fail
)
{
    private static readonly TimeSpan ArrivalTime = TimeSpan.FromSeconds(5);
    private readonly RunningCalls _calls = new();
    private readonly Dictionary<int, MethodReferenceException> _refused = [];
    private readonly HashSet<long> _cancelledEarly = [];
    private Action<RunningCall, EventOutcome>? _report;
    private long _accepted;
    private long _withdrawn;
    private volatile bool _leaves;
    private volatile bool _abandons;

    /// <summary>The clock of the link.</summary>
    public TimeProvider LinkTime { get; init; } = TimeProvider.System;

    /// <summary>How many calls have come so far.</summary>
    public long Accepted => _accepted;

    public void Accept(WireMessage.Call message)
    {
        if (Register(message.Id, message.Slot) is not { } call)
        {
            return;
        }

        call.Reports = message.WantsReports ? new CallReports(call.Id, types.Codec, outbox) : null;
        try
        {
            Submission? method = MethodOf(message);
            if (lane.IsBusy || EventPayloadCodec.MayRunCode(message.Payload))
            {
                ReadInLane(message with { Payload = message.Payload.ToArray() }, call, method);
                return;
            }

            call.Pending = Dispatch(message, call, method, types.Events.Read(message.Payload));
        }
        catch (Exception refused)
        {
            Fail(call, refused);
            return;
        }

        call.Pending.WhenSettled(call.Report);
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
            SayCancelled(id);
            return null;
        }

        RunningCall call = new(id, slot, outbox, _report ??= Report) { Stays = stays };
        _calls.Add(call);
        return call;
    }

    /// <summary>Dispatches a registered call, on this thread, and says how it ends. Never throws.</summary>
    /// <returns>Completes when its handler has really ended.</returns>
    public async Task RunAsync(RunningCall call, Func<Pending> dispatch)
    {
        try
        {
            if (!call.TryDispatch(dispatch))
            {
                return;
            }
        }
        catch (Exception refused)
        {
            Fail(call, refused);
            return;
        }

        await ReportOrFailAsync(call, call.Pending!).ConfigureAwait(false);
        if (call.Pending is { Status: PendingStatus.TimedOut })
        {
            await call.WhenHandlerEnded().ConfigureAwait(false);
        }
    }

    /// <summary>Says that a registered call was not dispatched.</summary>
    public void Fail(RunningCall call, Exception refused)
    {
        if (!_calls.Remove(call))
        {
            // It was cancelled while its arguments were read.
            return;
        }

        if (refused is ControllerClosedException)
        {
            if (!_leaves)
            {
                SayCancelled(call.Id);
            }
        }
        else
        {
            Exception told = refused is PayloadException unreadable ? new ArgumentsException(unreadable) : refused;
            outbox.Send(new WireMessage.Settled(call.Id, OutcomeKind.Faulted, default, RemoteFailure.From(told)));
            _ = MustArriveAsync(refused);
        }
    }

    /// <summary>Makes every call of a method that this process does not have fail with the reason.</summary>
    public void Refuse(int token, MethodReferenceException reason) => _refused[token] = reason;

    /// <summary>
    /// Cancels a call, which may still be on its way, because control traffic overtakes events. The id does not tell: a
    /// call that is delivered again may have a low one.
    /// </summary>
    public void Cancel(WireMessage.Cancel cancel)
    {
        if (_calls.Find(cancel.Id) is { } call)
        {
            Drop(call, call.Cancel());
        }
        else if (cancel.Number > _accepted)
        {
            _cancelledEarly.Add(cancel.Id);
        }
    }

    /// <summary>
    /// Cancels the calls that have not started, and those of the first <paramref name="calls"/> calls that are still on
    /// their way.
    /// </summary>
    public void Withdraw(long calls)
    {
        _withdrawn = calls;
        foreach (RunningCall call in _calls.All())
        {
            Drop(call, call.Withdraw());
        }
    }

    /// <summary>The parent has delivered one of a call's reports.</summary>
    public void ReportTaken(long id)
    {
        _calls.Find(id)?.Reports?.Taken();
    }

    /// <summary>Makes nothing start any more, and says so after the word of each start.</summary>
    public async Task SuspendAsync()
    {
        await SuspendPoolAsync().ConfigureAwait(false);
        outbox.Send(new WireMessage.Suspended());
    }

    private async Task SuspendPoolAsync()
    {
        await pool.SuspendAsync().ConfigureAwait(false);
        foreach (RunningCall call in _calls.All())
        {
            // A worker that is taking an event at this moment may not have said so yet.
            if (call.Pending is { Status: PendingStatus.Running })
            {
                call.SayStarted();
            }
        }
    }

    /// <summary>
    /// Makes nothing start any more, because the child leaves of its own accord, and says so after the word of each
    /// start. Calls that it has not reported by then stay the parent's.
    /// </summary>
    public async Task LeaveAsync()
    {
        _leaves = true;
        await SuspendPoolAsync().ConfigureAwait(false);
        outbox.Send(new WireMessage.Leaving());
    }

    /// <summary>
    /// Fires the tokens of running calls, because the child leaves. If a call then ends in another way than completed,
    /// its event does not end so.
    /// </summary>
    public void Abandon()
    {
        _abandons = true;
        foreach (RunningCall call in _calls.All())
        {
            call.Pending?.Cancel();
        }
    }

    private void Drop(RunningCall call, bool dropped)
    {
        if (dropped && _calls.Remove(call))
        {
            SayCancelled(call.Id);
        }
    }

    private void SayCancelled(long id) =>
        outbox.Send(new WireMessage.Settled(id, OutcomeKind.Cancelled, default, null));

    /// <summary>The method that a call runs; null for an event.</summary>
    private Submission? MethodOf(WireMessage.Call message) =>
        _refused.TryGetValue(message.Token, out MethodReferenceException? reason) ? throw reason
        : message.Token > 0 ? types.Method(message.Token)
        : null;

    private Pending Dispatch(WireMessage.Call message, RunningCall call, Submission? method, EventPayload payload)
    {
        SessionContext context = SessionContext.Empty.WithHidden(RunningCall.Key, call);
        EventOptions? options = message is { Attempt: 1, TimeoutTicks: 0, WantsReports: false }
            ? null
            : new()
            {
                Progress = call.Reports,
                Attempt = message.Attempt,
                Timeout = message.TimeoutTicks != 0 ? TimeSpan.FromTicks(message.TimeoutTicks) : null,
            };
        foreach ((string name, object? value) in payload.Context)
        {
            context = context.With(name, value);
        }

        return method is not null
            ? pool.Submit<object?>(method.With(payload.Args as object?[] ?? [.. payload.Args]), context, options)
            : pool.Dispatch(
                payload.Key ?? throw new WireFormatException("An event came without a key."),
                payload.Value,
                context,
                [.. payload.Args],
                options
            );
    }
}
