namespace EventDrivenActors.Adapters;

/// <summary>Calls adapters on threads of the pool, in order: one that blocks holds up neither the caller nor an end that has a deadline.</summary>
internal sealed class AdapterCalls
{
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;

    /// <summary>What was queued last.</summary>
    public Task Last
    {
        get
        {
            lock (_gate)
            {
                return _last;
            }
        }
    }

    /// <summary>Queues a call behind those before it.</summary>
    /// <returns>Completes when it has been made.</returns>
    public Task Queue(Action call)
    {
        lock (_gate)
        {
            using AsyncFlowControl? flow = Suppress();
            return _last = _last.ContinueWith(_ => call(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    /// <summary>Lets go of a call that blocks: the next ones do not wait for it.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            _last = Task.CompletedTask;
        }
    }

    /// <summary>Makes a call at once and waits for what it returns, but no longer than a time that counts from its start.</summary>
    /// <returns>Whether it has ended in time; what it failed with is thrown.</returns>
    public static async Task<bool> TryAsync(Func<CancellationToken, Task> call, TimeSpan limit, TimeProvider timeProvider)
    {
        using CancellationTokenSource ended = new();
        TaskCompletionSource<Task> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task running = Start(() =>
        {
            // The token fires a little earlier, so that a call which obeys it still ends in time. It is not disposed under one that does not.
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

    private static Task Start(Func<Task> call)
    {
        using AsyncFlowControl? flow = Suppress();
        return Task.Run(call);
    }

    private static AsyncFlowControl? Suppress() => ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
}
