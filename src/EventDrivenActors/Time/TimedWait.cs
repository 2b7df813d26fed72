namespace EventDrivenActors.Time;

/// <summary>Waits for the task of an event, but no longer than a time.</summary>
internal static class TimedWait
{
    /// <exception cref="ArgumentOutOfRangeException">The limit is no time.</exception>
    public static Task<T> For<T>(
        Task<T> task,
        TimeSpan limit,
        TimeProvider time,
        object key,
        CancellationToken cancellationToken
    )
    {
        TimeOption.RequireOrZero(limit, "timeout");
        return task.IsCompleted || limit == Timeout.InfiniteTimeSpan
            ? task.WaitAsync(cancellationToken)
            : WaitAsync(task, limit, time, key, cancellationToken);
    }

    private static async Task<T> WaitAsync<T>(
        Task<T> task,
        TimeSpan limit,
        TimeProvider time,
        object key,
        CancellationToken cancellationToken
    )
    {
        TaskCompletionSource late = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using DueTimer timer = new(time, () => late.TrySetResult());
        if (limit > TimeSpan.Zero)
        {
            timer.Set(limit);
            await Task.WhenAny(task, late.Task).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return task.IsCompleted
            ? await task.ConfigureAwait(false)
            : throw new TimeoutException(
                $"The event '{key}' had not settled within '{limit}'; only the wait has ended, and the event goes on."
            );
    }
}
