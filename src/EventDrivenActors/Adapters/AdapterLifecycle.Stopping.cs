namespace EventDrivenActors.Adapters;

/// <content>How the adapters of a controller stop.</content>
internal sealed partial class AdapterLifecycle
{
    /// <summary>
    /// Waits until the run has begun and for the lane, then runs the stopping callbacks in reverse order, then the
    /// stopped ones, each on a thread of the pool.
    /// </summary>
    /// <param name="deadline">Gives the time stamp at which waiting ends even for a callback that ignores its token; it
    /// may become earlier.</param>
    public async Task<IReadOnlyList<Exception>> StopAsync(Func<long> deadline)
    {
        List<Exception> errors = [];
        if (Volatile.Read(ref _beginning) is { Task.IsCompleted: false } beginning)
        {
            // Otherwise an adapter would hear of the start after the end.
            await ((Task)beginning.Task)
                .WaitAsync(Limit(Left()), timeProvider)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (_lane is { } lane)
        {
            // Half of what is left: the closing callbacks need some of it, too.
            await lane.EndAsync(
                    () => Limit(Left() / 2),
                    (call, limit) =>
                        errors.Add(
                            new TimeoutException(
                                $"The adapter '{call.Adapter}' has not returned from {call.Callback} within {limit}; "
                                    + "it is left to itself."
                            )
                        )
                )
                .ConfigureAwait(false);
        }

        foreach (AdapterCallback<Func<CancellationToken, ValueTask>> callback in Enumerable.Reverse(_stopping ?? []))
        {
            await StepAsync(callback.Adapter, token => callback.Call(token).AsTask()).ConfigureAwait(false);
        }

        foreach (AdapterCallback<Action> callback in _stopped ?? [])
        {
            await StepAsync(
                    callback.Adapter,
                    _ =>
                    {
                        callback.Call();
                        return Task.CompletedTask;
                    }
                )
                .ConfigureAwait(false);
        }

        return errors;

        async Task StepAsync(string adapter, Func<CancellationToken, Task> step)
        {
            TimeSpan limit = Limit(Left());
            try
            {
                if (!await AdapterCalls.TryAsync(step, limit, timeProvider).ConfigureAwait(false))
                {
                    log.AdapterLeft(adapter, limit);
                    errors.Add(
                        new TimeoutException(
                            $"The adapter '{adapter}' was not closed within {limit}; it is left to itself."
                        )
                    );
                }
            }
            catch (Exception exception)
            {
                log.AdapterFailed(exception);
                errors.Add(exception);
            }
        }

        TimeSpan Left() => timeProvider.GetElapsedTime(timeProvider.GetTimestamp(), deadline());

        static TimeSpan Limit(TimeSpan left) =>
            left < LeastLimit ? LeastLimit
            : left < StepLimit ? left
            : StepLimit;
    }

    private void Fail(Exception reason, EventOutcome outcome)
    {
        if (hasEnded())
        {
            // What an adapter finds out too late changes nothing, and nothing is to be heard of after the last
            // callback.
            return;
        }

        log.GaveUp(reason);
        Run(_faulted, nameof(IControllerLifecycle.OnFaulted), callback => callback(reason));
        fail(reason, outcome);
    }

    private Task Suspend(AdapterCallback<Func<CancellationToken, ValueTask>> callback, CancellationToken token)
    {
        if (callback.InPlace)
        {
            Task task = Task.CompletedTask;
            Try(() => task = callback.Call(token).AsTask());
            return task;
        }

        // The lane makes the call, and does not wait for what it returns: the word may come with a later call.
        TaskCompletionSource<Task> called = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Lane.Add(
            new AdapterCall(
                callback.Adapter,
                nameof(IControllerLifecycle.OnSuspended),
                () =>
                {
                    Task task = Task.CompletedTask;
                    Try(() => task = callback.Call(token).AsTask());
                    called.SetResult(task);
                }
            )
        );
        return called.Task.Unwrap();
    }

    private async Task WaitAsync(List<Task> waiting, CancellationTokenSource source)
    {
        using (source)
        {
            Task all = Task.WhenAll(waiting);
            try
            {
                await all.WaitAsync(SuspensionLimit, timeProvider).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                bool late = !all.IsCompleted || exception is OperationCanceledException;
                Exception reason = late
                    ? new TimeoutException(
                        $"The controller is suspended, but an adapter has not said within {SuspensionLimit} that "
                            + "nothing starts elsewhere; it may have frozen.",
                        exception
                    )
                    : exception;
                log.AdapterFailed(reason);
                if (late)
                {
                    throw reason;
                }
            }
        }
    }

    /// <summary>Calls callbacks in their order: those that never block here and now, the others in the lane.</summary>
    private void Run<TCall>(
        List<AdapterCallback<TCall>>? callbacks,
        string name,
        Action<TCall> run,
        bool isAwaited = false,
        Action? begins = null
    )
        where TCall : Delegate
    {
        if (callbacks is null)
        {
            return;
        }

        bool here = begins is not null && _lane?.IsHere == true;
        foreach (AdapterCallback<TCall> callback in callbacks)
        {
            begins?.Invoke();
            if (callback.InPlace || here)
            {
                Try(() => run(callback.Call));
            }
            else
            {
                Lane.Add(new AdapterCall(callback.Adapter, name, () => run(callback.Call), isAwaited));
            }
        }
    }

    private void Try(Action call)
    {
        try
        {
            call();
        }
        catch (Exception exception)
        {
            log.AdapterFailed(exception);
        }
    }
}
