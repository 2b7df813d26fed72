using EventDrivenActors.Diagnostics;

namespace EventDrivenActors.Adapters;

/// <summary>
/// The callbacks that a controller's adapters have registered. The lists are made for the first callback: most
/// controllers have none.
/// </summary>
/// <param name="log">Receives the exceptions of callbacks, and the callbacks that take too long.</param>
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

    // Written while the adapters are installed; then any thread reads them.
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

    // Any thread; made once, interlocked.
    private AdapterLane? _lane;

    // Written by the thread that begins a run; any thread reads them; volatile.

    /// <summary>
    /// Completes when the call that begins the run has called, or given to the lane, all callbacks of the start.
    /// </summary>
    private TaskCompletionSource? _beginning;

    /// <summary>Completes when the callbacks of the last start have been called.</summary>
    private Task _begun = Task.CompletedTask;

    private AdapterLane Lane => LazyInitializer.EnsureInitialized(ref _lane, () => new AdapterLane(timeProvider, log));

    /// <summary>A run begins: the calls of the lane wait for <see cref="Begun"/>.</summary>
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

    /// <summary>Completes when the adapters have said that they are ready.</summary>
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
}
