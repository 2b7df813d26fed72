using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Worker;

/// <summary>A call that the child has accepted: what the parent must hear of it, each at most once.</summary>
internal sealed class RunningCall(long id, ParentOutbox outbox)
{
    private readonly Lock _gate = new();
    private bool _startSaid;
    private bool _handlerEnded;
    private bool _timedOut;
    private bool _cancelled;
    private TaskCompletionSource? _ended;

    /// <summary>The context entry by which the worker's filter finds it.</summary>
    public static SessionKey<RunningCall> Key { get; } = new("subprocess.running-call");

    public long Id => id;

    public Pending? Pending { get; set; }

    /// <summary>What its handlers report; null where nobody listens.</summary>
    public CallReports? Reports { get; set; }

    /// <summary>Whether it runs although what has not started is withdrawn.</summary>
    public bool Stays { get; init; }

    /// <summary>Dispatches the call, unless it was cancelled while it waited for its turn.</summary>
    public bool TryDispatch(Func<Pending> dispatch)
    {
        lock (_gate)
        {
            if (!_cancelled)
            {
                Pending = dispatch();
            }

            return !_cancelled;
        }
    }

    /// <summary>Cancels the call.</summary>
    /// <returns>Whether it had not been dispatched: it never will be, and nobody else settles it.</returns>
    public bool Cancel() => Take(static pending => pending.Cancel());

    /// <summary>Cancels the call if it has not started.</summary>
    /// <returns>As of <see cref="Cancel"/>.</returns>
    public bool Withdraw() => !Stays && Take(static pending => pending.Withdraw());

    private bool Take(Action<Pending> cancel)
    {
        lock (_gate)
        {
            _cancelled |= Pending is null;
        }

        if (Pending is { } pending)
        {
            cancel(pending);
        }

        return _cancelled;
    }

    public void SayStarted()
    {
        lock (_gate)
        {
            if (!_startSaid)
            {
                _startSaid = true;
                outbox.Start(id);
            }
        }
    }

    /// <summary>The handler has really ended.</summary>
    public void HandlerEnded()
    {
        lock (_gate)
        {
            _handlerEnded = true;
            _ended?.TrySetResult();
            SayEnded();
        }
    }

    /// <summary>Completes when the handler, which has started, has really ended.</summary>
    public Task WhenHandlerEnded()
    {
        lock (_gate)
        {
            return _handlerEnded
                ? Task.CompletedTask
                : (_ended ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>The parent has been told that it timed out.</summary>
    public void TimedOut()
    {
        lock (_gate)
        {
            _timedOut = true;
            SayEnded();
        }
    }

    private void SayEnded()
    {
        if (_handlerEnded && _timedOut)
        {
            outbox.Send(new WireMessage.Ended(id));
        }
    }
}
