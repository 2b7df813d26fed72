using System.Runtime.InteropServices;

namespace EventDrivenActors.EventLoop;

/// <summary>Waiting until what is queued has been taken.</summary>
internal sealed partial class EventMailbox
{
    private readonly Lock _waitersGate = new();
    private List<(long Target, TaskCompletionSource Source)>? _waiters;
    private volatile bool _hasWaiters;

    /// <summary>Completes when everything that is queued at the call has left the queue.</summary>
    public Task PendingAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waitersGate)
        {
            (_waiters ??= []).Add((Added, source));
            _hasWaiters = true;
        }

        // Either the consumer sees the flag after its next take, or that take is seen here.
        Interlocked.MemoryBarrierProcessWide();
        ReleaseWaiters();
        return source.Task.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// An event has left from the middle: the ones before it have moved up by one, and so have the waits for them.
    /// </summary>
    private void ShiftWaiters(long number)
    {
        if (!_hasWaiters)
        {
            return;
        }

        lock (_waitersGate)
        {
            foreach (ref (long Target, TaskCompletionSource Source) waiter in CollectionsMarshal.AsSpan(_waiters))
            {
                waiter.Target += waiter.Target <= number && waiter.Target > Left - 1 ? 1 : 0;
            }
        }
    }

    private void ReleaseWaiters()
    {
        if (!_hasWaiters)
        {
            return;
        }

        lock (_waitersGate)
        {
            long left = Left;
            foreach ((long target, TaskCompletionSource source) in _waiters!)
            {
                if (target <= left)
                {
                    source.TrySetResult();
                }
            }

            _waiters.RemoveAll(waiter => waiter.Target <= left);
            _hasWaiters = _waiters.Count > 0;
        }
    }
}
