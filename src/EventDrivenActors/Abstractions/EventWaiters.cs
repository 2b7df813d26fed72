namespace EventDrivenActors;

/// <summary>
/// What goes on when an event has settled. The first waiter is kept as it is, so that a single one costs nothing more;
/// a task takes its place when there are more.
/// </summary>
internal struct EventWaiters
{
    private static readonly object Released = new();

    // Any thread, by interlocked steps. Null; the continuation or the callback of the only waiter; a completion source
    // when there are more; or Released.
    private object? _waiter;

    /// <summary>Whether anything waits, or has been released.</summary>
    public bool Any => Volatile.Read(ref _waiter) is not null;

    /// <summary>Adds the first waiter.</summary>
    /// <param name="waiter">A continuation, or a callback that takes the outcome.</param>
    /// <returns>
    /// Whether it is the only one. The caller then looks whether the event has settled: it may have done so just
    /// before, without seeing the waiter.
    /// </returns>
    public bool TryAdd(Delegate waiter) => Interlocked.CompareExchange(ref _waiter, waiter, null) is null;

    /// <summary>A task for any number of waiters. It takes the place of a single waiter, and keeps it.</summary>
    /// <param name="state">Passed to <paramref name="call"/>.</param>
    /// <param name="call">Calls a callback that takes the outcome.</param>
    /// <remarks>The caller then looks whether the event has settled, as after <see cref="TryAdd"/>.</remarks>
    public Task ToTask(object state, Action<object, Action<EventOutcome>> call)
    {
        while (true)
        {
            object? waiter = Volatile.Read(ref _waiter);
            if (ReferenceEquals(waiter, Released))
            {
                return Task.CompletedTask;
            }

            if (waiter is TaskCompletionSource existing)
            {
                return existing.Task;
            }

            TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (ReferenceEquals(Interlocked.CompareExchange(ref _waiter, source, waiter), waiter))
            {
                Action? first = waiter is Action<EventOutcome> callback
                    ? () => call(state, callback)
                    : waiter as Action;
                if (first is not null)
                {
                    source.Task.GetAwaiter().UnsafeOnCompleted(first);
                }

                return source.Task;
            }
        }
    }

    /// <summary>
    /// Lets the waiters go on once the status is final, but no continuation on the calling thread. A waiter that comes
    /// at this moment sees the status, and may release itself too.
    /// </summary>
    /// <param name="later">Calls <see cref="Release()"/>.</param>
    /// <returns>A callback for the caller to call.</returns>
    public Action<EventOutcome>? Release(IThreadPoolWorkItem later)
    {
        object? waiter = Volatile.Read(ref _waiter);
        if (waiter is Action)
        {
            OfferedThread.Queue(later);
            return null;
        }

        return waiter is null ? null : Release();
    }

    /// <summary>Lets the waiters go on, once. The continuations of a task run asynchronously by themselves.</summary>
    /// <returns>A callback for the caller to call.</returns>
    public Action<EventOutcome>? Release()
    {
        object? waiter = Interlocked.Exchange(ref _waiter, Released);
        switch (waiter)
        {
            case Action continuation:
                continuation();
                return null;
            case TaskCompletionSource source:
                source.SetResult();
                return null;
            default:
                return waiter as Action<EventOutcome>;
        }
    }
}
