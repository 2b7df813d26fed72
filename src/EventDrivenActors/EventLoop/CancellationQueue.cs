using System.Collections.Concurrent;

namespace EventDrivenActors.EventLoop;

/// <summary>
/// Fires the tokens of deferred events one after the other, in the order in which they were cancelled, on a thread of
/// the pool.
/// </summary>
/// <remarks>Adapters register code with the tokens, so it never runs on the thread that cancels.</remarks>
internal sealed class CancellationQueue(Action<Exception> report) : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<DeferredEvent> _waiting = [];

    // Any thread, by interlocked operations: the events that wait, and the one whose token fires.
    private int _count;

    public void Add(DeferredEvent deferred)
    {
        _waiting.Enqueue(deferred);
        if (Interlocked.Increment(ref _count) == 1)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        do
        {
            _waiting.TryDequeue(out DeferredEvent? deferred);
            try
            {
                deferred!.Cancel();
            }
            catch (Exception exception)
            {
                report(exception);
            }
        } while (Interlocked.Decrement(ref _count) > 0);
    }
}
