using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Wire.Calls;

/// <summary>A call that the holder has accepted. It tells the caller of each step at most once.</summary>
/// <param name="id">Which.</param>
/// <param name="slot">Where its start is marked. Another call may have it as soon as the caller knows how this one
/// ended.</param>
/// <param name="outbox">To the caller.</param>
/// <param name="sendOutcome">Says how it ended.</param>
internal sealed class RunningCall(long id, int slot, CallerOutbox outbox, Action<RunningCall, EventOutcome> sendOutcome)
{
    private const int Ended = 1;
    private const int Late = 2;
    private const int Saying = 1;
    private const int Said = 2;
    private const int Refused = 3;

    // Made for the few calls that are read in the lane, or cancelled.
    private Lock? _gate;

    // Written under the gate; never reset, so read by any thread.
    private bool _cancelled;

    // Written by the thread that takes the caller's messages, read by any.
    private bool _unwanted;
    private bool _withdrawn;

    // Any thread, by interlocked operations.
    private int _marks;
    private int _start;
    private TaskCompletionSource? _ended;

    public long Id => id;

    public Pending? Pending { get; set; }

    /// <summary>The progress of its handlers; null where nobody listens.</summary>
    public CallProgress? Progress { get; set; }

    /// <summary>Whether it runs although calls that have not started are withdrawn.</summary>
    public bool Stays { get; init; }

    /// <summary>Whether the caller has cancelled it, or has withdrawn it before it started.</summary>
    public bool IsUnwanted => _unwanted || (_withdrawn && Volatile.Read(ref _start) != Said);

    private Lock Gate => LazyInitializer.EnsureInitialized(ref _gate, static () => new Lock());

    /// <summary>
    /// Marks the call as started before its arguments are read, because that may run user code; not when it was
    /// cancelled.
    /// </summary>
    /// <returns>Whether they are to be read.</returns>
    public bool BeginReading()
    {
        lock (Gate)
        {
            return !_cancelled && outbox.Mark(id, slot);
        }
    }

    /// <summary>
    /// Dispatches the call, unless it was cancelled while it waited for its turn. Until its handler starts, it has not
    /// started.
    /// </summary>
    public bool TryDispatch(Func<Pending> dispatch)
    {
        lock (Gate)
        {
            if (!_cancelled)
            {
                outbox.Unmark(slot);
                Pending = dispatch();
            }

            return !_cancelled;
        }
    }

    /// <summary>Cancels the call.</summary>
    /// <returns>Whether it had not been dispatched: it never will be, and must be settled otherwise.</returns>
    public bool Cancel()
    {
        _unwanted = true;
        return Take(static pending => pending.Cancel());
    }

    /// <summary>Cancels the call if it has not started.</summary>
    /// <returns>As of <see cref="Cancel"/>.</returns>
    public bool Withdraw()
    {
        if (Stays)
        {
            return false;
        }

        _withdrawn = true;
        return Take(static pending => pending.Withdraw());
    }

    private bool Take(Action<Pending> cancel)
    {
        lock (Gate)
        {
            _cancelled |= Pending is null;
        }

        if (Pending is { } pending)
        {
            cancel(pending);
        }

        return _cancelled;
    }

    /// <summary>
    /// Says and marks once that it starts. When this returns it has been said and marked, by this thread or another
    /// one.
    /// </summary>
    /// <returns>False when it must not start.</returns>
    public bool SayStarted()
    {
        if (Interlocked.CompareExchange(ref _start, Saying, 0) != 0)
        {
            SpinWait.SpinUntil(() => Volatile.Read(ref _start) > Saying);
            return _start == Said;
        }

        bool starts = false;
        try
        {
            starts = outbox.Start(id, slot);
        }
        finally
        {
            Volatile.Write(ref _start, starts ? Said : Refused);
        }

        return starts;
    }

    /// <summary>Its pending has settled.</summary>
    public void SendOutcome(EventOutcome outcome) => sendOutcome(this, outcome);

    /// <summary>The handler has really ended.</summary>
    public void HandlerEnded()
    {
        if (Interlocked.Or(ref _marks, Ended) == Late)
        {
            SayEnded();
        }

        Volatile.Read(ref _ended)?.TrySetResult();
    }

    /// <summary>Completes when the handler, which has started, has really ended.</summary>
    public Task WhenHandlerEnded()
    {
        TaskCompletionSource made = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource ended = Interlocked.CompareExchange(ref _ended, made, null) ?? made;

        // Either the handler's end sees the source, or it is seen here.
        if ((Volatile.Read(ref _marks) & Ended) != 0)
        {
            ended.TrySetResult();
        }

        return ended.Task;
    }

    /// <summary>The caller has been told that it timed out.</summary>
    public void TimedOut()
    {
        if (Interlocked.Or(ref _marks, Late) == Ended)
        {
            SayEnded();
        }
    }

    private void SayEnded() => outbox.Send(new WireMessage.Ended(id));
}
