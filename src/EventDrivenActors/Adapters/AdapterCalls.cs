namespace EventDrivenActors.Adapters;

/// <summary>
/// Calls adapters on threads of the pool: an adapter that blocks holds up neither the caller nor a shutdown that has a
/// deadline.
/// </summary>
internal static class AdapterCalls
{
    /// <summary>
    /// Makes a call at once and waits for what it returns, but no longer than a time that counts from its start.
    /// </summary>
    /// <returns>Whether it has ended in time; its failure is thrown.</returns>
    public static async Task<bool> TryAsync(
        Func<CancellationToken, Task> call,
        TimeSpan limit,
        TimeProvider timeProvider
    )
    {
        using CancellationTokenSource ended = new();
        TaskCompletionSource<Task> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task running = Start(() =>
        {
            // The token fires a little earlier, so that a call that obeys it still ends in time. It is not disposed of
            // while a call that ignores it runs.
            CancellationTokenSource source = new(limit * 0.9, timeProvider);
            started.SetResult(Task.Delay(limit, timeProvider, ended.Token));
            return call(source.Token);
        });
        Task late = await started.Task.ConfigureAwait(false);
        bool inTime = await Task.WhenAny(running, late).ConfigureAwait(false) == running;
        await ended.CancelAsync().ConfigureAwait(false);
        if (inTime)
        {
            await running.ConfigureAwait(false);
        }

        return inTime;
    }

    /// <summary>Makes a call on a thread of the pool, in no context of the caller's.</summary>
    public static Task Start(Func<Task> call)
    {
        using AsyncFlowControl? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        return Task.Run(call);
    }
}
