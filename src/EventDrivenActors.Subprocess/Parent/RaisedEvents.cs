using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>
/// Dispatches the events that the handlers of one child raise, in order. While the parent's queue is full they wait
/// here, and the child is told to raise no more.
/// </summary>
/// <param name="controller">Whose queue it is.</param>
/// <param name="log">Hears of events that could not be dispatched for another reason.</param>
/// <param name="tell">Tells the child how many were taken in all, and whether the queue is full; false when it cannot
/// be told yet.</param>
/// <param name="waits">Hears that one more event waits here (1), or one less (-1).</param>
internal sealed class RaisedEvents(
    IController controller,
    Action<object, string> log,
    Func<long, bool, bool> tell,
    Action<int> waits
)
{
    private readonly Lock _gate = new();

    // Under _gate.
    private readonly Queue<(object Key, EventPayload Payload)> _waiting = [];
    private long _taken;
    private long _told;

    /// <summary>Takes the next one. One at a time, in order.</summary>
    /// <exception cref="LinkProtocolException">The child raises more than it may.</exception>
    public void Add(object key, EventPayload payload)
    {
        lock (_gate)
        {
            if (_waiting.Count >= RaiseWindow.Most)
            {
                throw new LinkProtocolException(
                    $"The child raised more than '{RaiseWindow.Most}' events before they were taken."
                );
            }

            if (_waiting.Count > 0)
            {
                waits(1);
                _waiting.Enqueue((key, payload));
                return;
            }
        }

        if (TryDispatch(key, payload))
        {
            Taken();
            return;
        }

        waits(1);
        lock (_gate)
        {
            _waiting.Enqueue((key, payload));
        }

        Tell();
        _ = DispatchAllAsync();
    }

    /// <summary>One was lost before it could be dispatched.</summary>
    public void Lost() => Taken();

    /// <summary>Tells the child what it could not be told before.</summary>
    public void TellIfDue()
    {
        lock (_gate)
        {
            if (_waiting.Count > 0 || _taken - _told >= RaiseWindow.Told)
            {
                Tell();
            }
        }
    }

    private void Tell()
    {
        lock (_gate)
        {
            if (tell(_taken, _waiting.Count > 0))
            {
                _told = _taken;
            }
        }
    }

    /// <returns>False when the queue is full.</returns>
    private bool TryDispatch(object key, EventPayload payload)
    {
        try
        {
            _ = controller.Dispatch(key, payload.Value, null, [.. payload.Args]);
        }
        catch (QueueFullException)
        {
            return false;
        }
        catch (Exception refused)
        {
            log(key, refused.Message);
        }

        return true;
    }

    private async Task DispatchAllAsync()
    {
        bool more = true;
        while (more)
        {
            (object Key, EventPayload Payload) next;
            lock (_gate)
            {
                next = _waiting.Peek();
            }

            try
            {
                _ = await controller
                    .DispatchAsync(next.Key, next.Payload.Value, null, [.. next.Payload.Args])
                    .ConfigureAwait(false);
            }
            catch (Exception refused)
            {
                log(next.Key, refused.Message);
            }

            lock (_gate)
            {
                _waiting.Dequeue();
                more = _waiting.Count > 0;
            }

            Taken(now: !more);
            waits(-1);
        }
    }

    private void Taken(bool now = false)
    {
        lock (_gate)
        {
            _taken++;
            if (now || _taken - _told >= RaiseWindow.Told)
            {
                Tell();
            }
        }
    }
}
