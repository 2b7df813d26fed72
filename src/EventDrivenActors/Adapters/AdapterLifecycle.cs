using EventDrivenActors.Diagnostics;

namespace EventDrivenActors.Adapters;

/// <summary>
/// The callbacks that a controller's adapters have registered. The lists are made for the first callback: most
/// controllers have none.
/// </summary>
/// <param name="log">Hears what callbacks throw, and which ones take too long.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="hasEnded">Whether the controller has stopped or failed.</param>
/// <param name="fail">Makes the controller fail.</param>
internal sealed partial class AdapterLifecycle(
    ControllerLog log,
    TimeProvider timeProvider,
    Func<bool> hasEnded,
    Action<Exception, EventOutcome> fail
)
{
    private static readonly TimeSpan StepLimit = TimeSpan.FromSeconds(5);

    /// <summary>Even when the time is up each callback is called, and has the time that a quick one needs.</summary>
    private static readonly TimeSpan LeastLimit = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan CleaningLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SuspensionLimit = TimeSpan.FromSeconds(15);
    private List<AdapterCallback<Action>>? _starting;
    private List<AdapterCallback<Action>>? _started;
    private List<AdapterCallback<Func<CancellationToken, Task>>>? _ready;
    private List<AdapterCallback<Func<CancellationToken, ValueTask>>>? _suspended;
    private List<AdapterCallback<Func<int>>>? _cleaning;
    private List<AdapterCallback<Action>>? _finishing;
    private List<AdapterCallback<Action>>? _aborting;
    private List<AdapterCallback<Action>>? _resumed;
    private List<AdapterCallback<Func<CancellationToken, ValueTask>>>? _stopping;
    private List<AdapterCallback<Action>>? _stopped;
    private List<AdapterCallback<Action<Exception>>>? _faulted;
    private AdapterLane? _lane;

    /// <summary>
    /// Completes when the call that begins the run has called, or given to the lane, all callbacks of the start.
    /// </summary>
    private TaskCompletionSource? _beginning;

    /// <summary>Completes when the callbacks of the last start have been called.</summary>
    private Task _begun = Task.CompletedTask;

    private AdapterLane Lane => LazyInitializer.EnsureInitialized(ref _lane, () => new AdapterLane(timeProvider, log));

    /// <summary>A run begins: what the lane is to call waits for <see cref="Begun"/>.</summary>
    /// <param name="begin">Lets the loop take events; called when all callbacks have ended.</param>
    /// <returns>Whether <paramref name="begin"/> is still to be called. Otherwise it never is.</returns>
    public bool Starting(Action begin)
    {
        if (_starting is not null || _started is not null)
        {
            Volatile.Write(
                ref _beginning,
                new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
            );
        }

        bool waits = _starting?.Exists(callback => !callback.InPlace) == true;
        if (waits)
        {
            Lane.Hold();
        }

        Run(_starting, nameof(IControllerLifecycle.OnStarting), callback => callback(), isAwaited: true);
        if (waits)
        {
            Lane.Add(new AdapterCall(null, nameof(IControllerLifecycle.OnStarting), begin));
        }

        return waits;
    }

    public void Started() => Run(_started, nameof(IControllerLifecycle.OnStarted), callback => callback());

    /// <summary>The run has begun, or there was no need to begin one.</summary>
    public void Begun()
    {
        if (_lane is { } lane)
        {
            TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
            lane.Add(new AdapterCall(null, nameof(IControllerLifecycle.OnStarted), begun.SetResult));
            Volatile.Write(ref _begun, begun.Task);
            lane.Release();
        }

        Volatile.Read(ref _beginning)?.TrySetResult();
    }

    /// <summary>Calls the callbacks, and waits for those that need an answer from elsewhere.</summary>
    /// <exception cref="TimeoutException">One had no answer in time.</exception>
    public Task SuspendedAsync()
    {
        if (_suspended is null)
        {
            return Task.CompletedTask;
        }

        List<Task> waiting = [];
        CancellationTokenSource source = new(SuspensionLimit, timeProvider);
        foreach (AdapterCallback<Func<CancellationToken, ValueTask>> callback in _suspended)
        {
            Task suspended = Suspend(callback, source.Token);
            if (!suspended.IsCompletedSuccessfully)
            {
                waiting.Add(suspended);
            }
        }

        if (waiting.Count > 0)
        {
            return WaitAsync(waiting, source);
        }

        source.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Completes when all that adapters have is ready.</summary>
    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        await Volatile.Read(ref _begun).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (_ready is not null)
        {
            await Task.WhenAll(
                    _ready.Select(callback =>
                        callback.InPlace
                            ? callback.Call(cancellationToken)
                            : AdapterCalls.Start(() => callback.Call(cancellationToken))
                    )
                )
                .ConfigureAwait(false);
        }
    }

    /// <summary>Calls the callbacks.</summary>
    /// <returns>
    /// Waits for those that the lane calls, at most a second in all; gives how many events they have cancelled.
    /// </returns>
    public Func<int> Cleaning()
    {
        if (_cleaning is null)
        {
            return static () => 0;
        }

        CleaningCount count = new(CleaningLimit);
        Run(
            _cleaning,
            nameof(IControllerLifecycle.OnCleaning),
            callback =>
            {
                int cleaned = 0;
                try
                {
                    cleaned = callback();
                }
                finally
                {
                    count.End(cleaned);
                }
            },
            begins: count.Begin
        );
        return count.Wait;
    }

    public void Finishing() => Run(_finishing, nameof(IControllerLifecycle.OnFinishing), callback => callback());

    public void Aborting() => Run(_aborting, nameof(IControllerLifecycle.OnAborting), callback => callback());

    public void Resumed() => Run(_resumed, nameof(IControllerLifecycle.OnResumed), callback => callback());

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
