using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Worker;

/// <summary>A call that the child has accepted: what the parent must hear of it, each at most once.</summary>
internal sealed class RunningCall(long id, ParentOutbox outbox)
{
    private readonly Lock _gate = new();
    private bool _startSaid;
    private bool _handlerEnded;
    private bool _timedOut;

    /// <summary>The context entry by which the worker's filter finds it.</summary>
    public static SessionKey<RunningCall> Key { get; } = new("subprocess.running-call");

    public long Id => id;

    public Pending? Pending { get; set; }

    public void SayStarted()
    {
        lock (_gate)
        {
            if (!_startSaid)
            {
                _startSaid = true;
                outbox.Send(new WireMessage.Started(id));
            }
        }
    }

    /// <summary>The handler has really ended.</summary>
    public void HandlerEnded()
    {
        lock (_gate)
        {
            _handlerEnded = true;
            SayEnded();
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
