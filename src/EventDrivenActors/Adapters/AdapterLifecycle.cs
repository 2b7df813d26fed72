using EventDrivenActors.Diagnostics;

namespace EventDrivenActors.Adapters;

/// <summary>The callbacks that a controller's adapters have registered. The lists are made for the first callback: most controllers have none.</summary>
internal sealed class AdapterLifecycle(ControllerLog log, Action<Exception, EventOutcome> fail) : IControllerLifecycle
{
    private static readonly TimeSpan StepLimit = TimeSpan.FromSeconds(5);

    /// <summary>Even when the time is up each callback is called, and has the time that a quick one needs.</summary>
    private static readonly TimeSpan LeastLimit = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SuspensionLimit = TimeSpan.FromSeconds(15);
    private List<Action>? _starting;
    private List<Action>? _started;
    private List<Func<CancellationToken, Task>>? _ready;
    private List<Func<CancellationToken, ValueTask>>? _suspended;
    private List<Func<int>>? _cleaning;
    private List<Action>? _finishing;
    private List<Action>? _aborting;
    private List<Action>? _resumed;
    private List<(string Adapter, Func<CancellationToken, ValueTask> Callback)>? _stopping;
    private List<(string Adapter, Action Callback)>? _stopped;
    private List<Action<Exception>>? _faulted;

    /// <summary>The adapter that is being installed, for messages.</summary>
    public IAdapter? Installing { get; set; }

    public void OnStarting(Action callback) => (_starting ??= []).Add(callback);

    public void OnStarted(Action callback) => (_started ??= []).Add(callback);

    public void OnReady(Func<CancellationToken, Task> callback) => (_ready ??= []).Add(callback);

    public void OnSuspended(Action callback) => (_suspended ??= []).Add(_ =>
    {
        callback();
        return default;
    });

    public void OnSuspended(Func<CancellationToken, ValueTask> callback) => (_suspended ??= []).Add(callback);

    public void OnCleaning(Func<int> callback) => (_cleaning ??= []).Add(callback);

    public void OnFinishing(Action callback) => (_finishing ??= []).Add(callback);

    public void OnAborting(Action callback) => (_aborting ??= []).Add(callback);

    public void OnResumed(Action callback) => (_resumed ??= []).Add(callback);

    public void OnStopping(Func<CancellationToken, ValueTask> callback) => (_stopping ??= []).Add((NameOf(callback), callback));

    public void OnStopped(Action callback) => (_stopped ??= []).Add((NameOf(callback), callback));

    public void OnFaulted(Action<Exception> callback) => (_faulted ??= []).Add(callback);

    public void Fail(Exception reason, EventOutcome outcome)
    {
        log.GaveUp(reason);
        RunAll(_faulted?.Select(callback => (Action)(() => callback(reason))));
        fail(reason, outcome);
    }

    public void Starting() => RunAll(_starting);

    public void Started() => RunAll(_started);

    /// <summary>Runs the callbacks, and waits for those that need an answer from elsewhere.</summary>
    /// <exception cref="TimeoutException">One had no answer in time.</exception>
    public Task SuspendedAsync(TimeProvider timeProvider)
    {
        if (_suspended is null)
        {
            return Task.CompletedTask;
        }

        List<Task> waiting = [];
        CancellationTokenSource source = new(SuspensionLimit, timeProvider);
        RunAll(_suspended.Select(callback => (Action)(() =>
        {
            ValueTask task = callback(source.Token);
            if (!task.IsCompletedSuccessfully)
            {
                waiting.Add(task.AsTask());
            }
        })));
        if (waiting.Count > 0)
        {
            return WaitAsync(waiting, source, timeProvider);
        }

        source.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Completes when all that adapters have is ready.</summary>
    public Task ReadyAsync(CancellationToken cancellationToken) =>
        _ready is null ? Task.CompletedTask : Task.WhenAll(_ready.Select(callback => callback(cancellationToken)));

    public int Cleaning()
    {
        int cleaned = 0;
        RunAll(_cleaning?.Select(callback => (Action)(() => cleaned += callback())));
        return cleaned;
    }

    public void Finishing() => RunAll(_finishing);

    public void Aborting() => RunAll(_aborting);

    public void Resumed() => RunAll(_resumed);

    /// <summary>Runs the stopping callbacks in reverse order, then the stopped ones, each on a thread of the pool.</summary>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="deadline">The time stamp at which waiting ends even for a callback that ignores its token.</param>
    public async Task<IReadOnlyList<Exception>> StopAsync(TimeProvider timeProvider, long deadline)
    {
        List<Exception> errors = [];
        foreach ((string adapter, Func<CancellationToken, ValueTask> callback) in Enumerable.Reverse(_stopping ?? []))
        {
            await StepAsync(adapter, token => callback(token).AsTask()).ConfigureAwait(false);
        }

        foreach ((string adapter, Action callback) in _stopped ?? [])
        {
            await StepAsync(adapter, _ =>
            {
                callback();
                return Task.CompletedTask;
            }).ConfigureAwait(false);
        }

        return errors;

        async Task StepAsync(string adapter, Func<CancellationToken, Task> step)
        {
            TimeSpan left = timeProvider.GetElapsedTime(timeProvider.GetTimestamp(), deadline);
            TimeSpan limit = left < LeastLimit ? LeastLimit : left < StepLimit ? left : StepLimit;
            try
            {
                if (!await AdapterCalls.TryAsync(step, limit, timeProvider).ConfigureAwait(false))
                {
                    log.AdapterLeft(adapter, limit);
                    errors.Add(new TimeoutException($"The adapter '{adapter}' was not closed within {limit}; it is left to itself."));
                }
            }
            catch (Exception exception)
            {
                log.AdapterFailed(exception);
                errors.Add(exception);
            }
        }
    }

    /// <summary>The adapter that registers a callback; later than its own installation, the class that has it.</summary>
    private string NameOf(Delegate callback) => Installing?.GetType().Name ?? callback.Method.DeclaringType?.Name ?? callback.Method.Name;

    private async Task WaitAsync(List<Task> waiting, CancellationTokenSource source, TimeProvider timeProvider)
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
                    ? new TimeoutException($"The controller is suspended, but an adapter has not said within {SuspensionLimit} that nothing starts elsewhere; it may have frozen.", exception)
                    : exception;
                log.AdapterFailed(reason);
                if (late)
                {
                    throw reason;
                }
            }
        }
    }

    private void RunAll(IEnumerable<Action>? callbacks)
    {
        foreach (Action callback in callbacks ?? [])
        {
            try
            {
                callback();
            }
            catch (Exception exception)
            {
                log.AdapterFailed(exception);
            }
        }
    }
}
