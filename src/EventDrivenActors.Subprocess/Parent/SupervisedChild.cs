using System.Buffers;
using System.Collections.Immutable;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Wire.Calls;
using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>
/// One child as its parent reaches it, from its start until it is gone: it sends calls to it, and asks it to end.
/// </summary>
/// <param name="gate">The gate that the owners of the parent's half share.</param>
/// <param name="member">The roster's record of it.</param>
/// <param name="encoder">Knows what a child must be told before a call.</param>
/// <param name="lane">Reads what may run user code, which must not hold up the link.</param>
internal sealed class SupervisedChild(Lock gate, ChildMember member, CallEncoder encoder, ReadingLane lane)
{
    private const int MostKept = 1024 * 1024;

    // Under the gate.
    private readonly ArrayBufferWriter<byte> _sending = new();
    private readonly HashSet<int> _defined = [];
    private int _definedTypes;

    // Any thread.
    private readonly CancellationTokenSource _terminating = new();
    private volatile ParentConnection? _connection;
    private volatile bool _mayEnd;
    private int _receivingThread;

    public ChildMember Member => member;

    public ReadingLane Lane => lane;

    /// <summary>Takes the events that its handlers raise. Set once, before its life begins.</summary>
    public RaisedEvents Raised { get; set; } = null!;

    /// <summary>The process; null until it is connected.</summary>
    public int? ProcessId => _connection?.ProcessId;

    /// <summary>
    /// The process for the log, which a child may speak in before it is connected; 0 before it is started.
    /// </summary>
    public int LaunchedProcess { get; set; }

    /// <summary>The rule of the link that it broke, once the link has closed because of that.</summary>
    public string? Breach => _connection?.Breach;

    /// <summary>How it ended; null while it lives. Under the gate.</summary>
    public ChildEnd? End { get; set; }

    /// <summary>Which of its calls it had started, once it has died; null when nobody knows.</summary>
    public StartRecord? Starts { get; private set; }

    /// <summary>Completes when nothing of it is left and all that it had has settled. Set as its life begins.</summary>
    public Task Life { get; set; } = Task.CompletedTask;

    /// <summary>Whether it may end by itself: then it is no failure that its link ends first.</summary>
    public bool MayEnd => _mayEnd;

    /// <summary>Fires when it is to be ended by SIGTERM.</summary>
    public CancellationToken Terminating => _terminating.Token;

    /// <summary>The thread that is handling a message of it; 0 for none.</summary>
    public int ReceivingThread
    {
        set => Volatile.Write(ref _receivingThread, value);
    }

    /// <summary>
    /// Whether the calling thread is handling a message of it: what this thread waits for would not be received.
    /// </summary>
    public bool IsReceiving =>
        Volatile.Read(ref _receivingThread) == Environment.CurrentManagedThreadId || lane.IsReading;

    public void Connect(ParentConnection connection) => _connection = connection;

    /// <summary>It has died: reads what it had marked.</summary>
    public void ReadStarts() => Starts = _connection!.ReadStarts();

    /// <summary>Kills it at once, if it is connected.</summary>
    public void Kill() => _ = _connection?.KillAsync();

    /// <summary>Kills it for a reason; it takes no more calls. Under the gate.</summary>
    public void Kill(ExitReason reason)
    {
        ChildRoster.Doom(member, reason);
        Kill();
    }

    /// <summary>It was asked to end, or says that it does.</summary>
    public void LetEnd() => _mayEnd = true;

    /// <summary>
    /// Ends it by SIGTERM, and kills it when it has not ended in time; the start of one that is not connected is given
    /// up.
    /// </summary>
    public void Terminate()
    {
        _mayEnd = true;
        _ = _terminating.CancelAsync();
    }

    /// <summary>Asks it over the link to end, and ends it by SIGTERM when the time is up. Under the gate.</summary>
    public Task DrainAsync(TimeSpan time, TimeProvider clock)
    {
        LetEnd();
        bool asked = SendControl(new WireMessage.Drain((long)time.TotalMilliseconds));
        return TerminateAfterAsync(asked ? time : TimeSpan.Zero, clock);
    }

    /// <summary>Ends it by SIGTERM when it has not ended by itself in time.</summary>
    public async Task TerminateAfterAsync(TimeSpan time, TimeProvider clock)
    {
        await Moment.ForAsync(Life, time, clock).ConfigureAwait(false);
        Terminate();
    }

    /// <summary>Sends an event or a submitted function, after what the child must know first. Under the gate.</summary>
    /// <param name="call">The call to send.</param>
    /// <param name="limit">Its time in the form that the child reads.</param>
    public void Send(OutstandingCall call, long limit)
    {
        DefineBefore(call);

        // The buffer of a large event is given back.
        ArrayBufferWriter<byte> writer =
            call.Payload.Length <= MostKept ? _sending : new(call.Payload.Length + MostKept);
        writer.ResetWrittenCount();
        MessageCodec.WriteCall(
            writer,
            call.Id,
            call.Token,
            call.Payload.Span,
            call.Attempt,
            limit,
            call.Progress is not null,
            call.Slot
        );
        _connection!.Link.Send(writer.WrittenMemory);
    }

    /// <summary>Sends the message of a call, after what the child must know first. Under the gate.</summary>
    public void Send(OutstandingCall call, WireMessage message)
    {
        DefineBefore(call);
        Send(message);
    }

    /// <summary>Sends a short message that waits for nothing sent before. Under the gate.</summary>
    /// <returns>False when the link is closed.</returns>
    public bool SendControl(WireMessage message)
    {
        _sending.ResetWrittenCount();
        MessageCodec.Write(_sending, message);
        return _connection!.Link.SendControl(_sending.WrittenMemory);
    }

    /// <summary>Tells it how many of its events were taken in all, and whether the parent's queue is full.</summary>
    /// <returns>False when it cannot be told yet.</returns>
    public bool TellTaken(long taken, bool full)
    {
        lock (gate)
        {
            if (_connection is null)
            {
                return false;
            }

            SendControl(new WireMessage.RaiseTaken(taken, full));
            return true;
        }
    }

    /// <summary>Under the gate.</summary>
    private void DefineBefore(OutstandingCall call)
    {
        ImmutableArray<int> typed = encoder.TypedTokens;
        for (; _definedTypes < typed.Length; _definedTypes++)
        {
            Define(typed[_definedTypes]);
        }

        if (call.Token > 0)
        {
            Define(call.Token);
        }
    }

    /// <summary>Under the gate.</summary>
    private void Define(int token)
    {
        if (_defined.Add(token))
        {
            Send(encoder.DefinitionOf(token));
        }
    }

    /// <summary>Under the gate.</summary>
    private void Send(WireMessage message)
    {
        _sending.ResetWrittenCount();
        MessageCodec.Write(_sending, message);
        _connection!.Link.Send(_sending.WrittenMemory);
    }
}
