namespace EventDrivenActors;

/// <summary>
/// An adapter's own thread that offers to do the work that its dispatching and settling of events causes, so that no
/// thread of the pool has to be woken for it.
/// </summary>
/// <remarks>
/// Only the first piece of work between <see cref="Begin"/> and <see cref="End"/> is kept for it; if there is more, the
/// thread pool does all of it. The kept work may run handlers and code that awaits an event, and may never end, so the
/// adapter must make sure that nothing waits for its thread.
/// </remarks>
internal static class OfferedThread
{
    [ThreadStatic]
    private static bool _keeps;

    [ThreadStatic]
    private static IThreadPoolWorkItem? _kept;

    /// <summary>Whether work is kept for the calling thread.</summary>
    public static bool HasWork => _kept is not null;

    /// <summary>Offers the calling thread.</summary>
    public static void Begin() => _keeps = true;

    /// <summary>Ends the offer.</summary>
    /// <returns>
    /// The work that the calling thread must now do, or pass on; <see langword="null"/> when there is none.
    /// </returns>
    public static IThreadPoolWorkItem? End()
    {
        IThreadPoolWorkItem? kept = _kept;
        _kept = null;
        _keeps = false;
        return kept;
    }

    /// <summary>Queues work to the thread pool, unless the calling thread keeps it.</summary>
    public static void Queue(IThreadPoolWorkItem work)
    {
        if (!_keeps)
        {
            ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: true);
            return;
        }

        if (_kept is null)
        {
            _kept = work;
            return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(End()!, preferLocal: false);
        ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
    }
}
