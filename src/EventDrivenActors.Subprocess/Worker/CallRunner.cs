using System.Buffers;
using System.Collections.Concurrent;
using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Worker;

/// <summary>Runs the parent's calls in the child's pool and says how they ended.</summary>
internal sealed class CallRunner(WorkerTypes types, ControllerPool pool, ParentOutbox outbox, Action<Exception> fail)
{
    private readonly ConcurrentDictionary<long, RunningCall> _calls = [];
    private readonly Dictionary<int, MethodReferenceException> _refused = [];
    private readonly HashSet<long> _cancelledEarly = [];
    private long _lastId;
    private long _accepted;
    private long _withdrawn;

    public void Accept(WireMessage.Call message)
    {
        _lastId = message.Id;
        if (_cancelledEarly.Remove(message.Id) | ++_accepted <= _withdrawn)
        {
            outbox.Send(new WireMessage.Settled(message.Id, OutcomeKind.Cancelled, default, null));
            return;
        }

        RunningCall call = new(message.Id, outbox);
        _calls[message.Id] = call;
        try
        {
            call.Pending = Dispatch(message, call);
        }
        catch (Exception refused)
        {
            _calls.TryRemove(message.Id, out _);
            outbox.Send(new WireMessage.Settled(message.Id, OutcomeKind.Faulted, default, RemoteFailure.From(refused)));
            return;
        }

        _ = ReportOrFailAsync(call, call.Pending);
    }

    /// <summary>Makes every call of a method that this process does not have fail with the reason.</summary>
    public void Refuse(int token, MethodReferenceException reason) => _refused[token] = reason;

    /// <summary>Cancels a call, which may still be on its way: control traffic overtakes events, whose ids ascend.</summary>
    public void Cancel(long id)
    {
        if (_calls.TryGetValue(id, out RunningCall? call))
        {
            call.Pending?.Cancel();
        }
        else if (id > _lastId)
        {
            _cancelledEarly.Add(id);
        }
    }

    /// <summary>Cancels what has not started, and of the first so many calls also those that are still on their way.</summary>
    public void Withdraw(long calls)
    {
        _withdrawn = calls;
        foreach (RunningCall call in _calls.Values)
        {
            call.Pending?.Withdraw();
        }
    }

    /// <summary>Makes nothing start any more, and says so behind the word of each start.</summary>
    public async Task SuspendAsync()
    {
        await pool.SuspendAsync().ConfigureAwait(false);
        foreach (RunningCall call in _calls.Values)
        {
            // A worker that was just taking an event may not have said it yet.
            if (call.Pending is { Status: PendingStatus.Running })
            {
                call.SayStarted();
            }
        }

        outbox.Send(new WireMessage.Suspended());
    }

    private Pending Dispatch(WireMessage.Call message, RunningCall call)
    {
        SessionContext context = SessionContext.Empty.With(RunningCall.Key, call);
        EventOptions options = new()
        {
            Attempt = message.Attempt,
            Timeout = message.TimeoutMs > 0 ? TimeSpan.FromMilliseconds(message.TimeoutMs) : null,
        };
        if (_refused.TryGetValue(message.Token, out MethodReferenceException? reason))
        {
            throw reason;
        }

        EventPayload payload = types.Events.Read(message.Payload);
        foreach ((string name, object? value) in payload.Context)
        {
            context = context.With(name, value);
        }

        return message.Token > 0
            ? pool.Submit<object?>(types.Method(message.Token, payload.Args), context, options)
            : pool.Dispatch(payload.Key, payload.Value, context, [.. payload.Args], options);
    }

    /// <summary>Without memory, say, nothing can be said; the parent must then learn it from the child's end.</summary>
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
        try
        {
            IReadOnlyList<object?> results = await pending.AsTask().ConfigureAwait(false);
            settled = pending.Status == PendingStatus.Skipped
                ? new WireMessage.Settled(call.Id, OutcomeKind.Skipped, default, null)
                : new WireMessage.Settled(call.Id, OutcomeKind.Completed, Encode(results), null);
        }
        catch (Exception failure)
        {
            settled = pending.Status switch
            {
                PendingStatus.Cancelled or PendingStatus.Closed => new WireMessage.Settled(call.Id, OutcomeKind.Cancelled, default, null),
                PendingStatus.TimedOut => new WireMessage.Settled(call.Id, OutcomeKind.TimedOut, default, null),
                _ => new WireMessage.Settled(call.Id, OutcomeKind.Faulted, default, RemoteFailure.From(failure)),
            };
        }

        _calls.TryRemove(call.Id, out _);
        outbox.Send(settled);
        if (settled.Kind == OutcomeKind.TimedOut)
        {
            call.TimedOut();
        }
    }

    private ReadOnlyMemory<byte> Encode(IReadOnlyList<object?> results)
    {
        ArrayBufferWriter<byte> writer = new(64);
        types.Codec.Write(writer, results.ToArray());
        return writer.WrittenMemory;
    }
}
