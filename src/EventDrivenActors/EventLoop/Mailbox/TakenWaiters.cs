using System.Runtime.InteropServices;

namespace EventDrivenActors.EventLoop.Mailbox;

/// <summary>Callers that wait until what was queued at their call has left the queue.</summary>
internal sealed class TakenWaiters(EventBuffer buffer)
{
    private readonly Lock _gate = new();

    // Under _gate.
    private readonly List<(long Target, TaskCompletionSource Source)> _waiters = [];

    // Written under _gate.
    private volatile bool _any;

    /// <summary>Whether a caller waits.</summary>
    public bool Any => _any;

    /// <summary>
    /// Waits for all that is queued now. The caller looks afterwards, past a barrier, whether it has left already.
    /// </summary>
    public Task Add()
    {
        TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiters.Add((buffer.Added, source));
            _any = true;
        }

        return source.Task;
    }

    /// <summary>
    /// An event is about to leave from the middle: those before it move back by one place, and so do the waits for
    /// them.
    /// </summary>
    public void Shift(long number)
    {
        lock (_gate)
        {
            foreach (ref (long Target, TaskCompletionSource Source) waiter in CollectionsMarshal.AsSpan(_waiters))
            {
                waiter.Target += waiter.Target <= number && waiter.Target > buffer.Taken ? 1 : 0;
            }
        }
    }

    /// <summary>Ends the waits for the events that have left.</summary>
    public void Release(long left)
    {
        lock (_gate)
        {
            foreach ((long target, TaskCompletionSource source) in _waiters)
            {
                if (target <= left)
                {
                    source.TrySetResult();
                }
            }

            _waiters.RemoveAll(waiter => waiter.Target <= left);
            _any = _waiters.Count > 0;
        }
    }
}
