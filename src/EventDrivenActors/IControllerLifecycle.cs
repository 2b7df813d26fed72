namespace EventDrivenActors;

/// <summary>The turning points of a controller's life, for its adapters.</summary>
/// <remarks>
/// Callbacks run in the order of registration, those of stopping in reverse. Those of stopping and after it run on threads of the pool, so that one that blocks holds up neither the caller nor a
/// shutdown. What a callback throws is logged and never breaks the controller; what a stopping or stopped one throws is in the <see cref="ShutdownReport"/> as well.
/// </remarks>
public interface IControllerLifecycle
{
    /// <summary>Runs on the thread that calls <c>Run</c>, before any event is taken.</summary>
    /// <param name="callback">Must not block.</param>
    void OnStarting(Action callback);

    /// <summary>Runs on the thread that calls <c>Run</c>, once events are taken.</summary>
    /// <param name="callback">Must not block.</param>
    void OnStarted(Action callback);

    /// <summary>Runs when somebody waits for the controller to be ready (<see cref="IController.ReadyAsync"/>), while it runs.</summary>
    /// <param name="callback">Completes when what the adapter has is ready. Its token fires when the wait or the run ends. Must not block.</param>
    void OnReady(Func<CancellationToken, Task> callback);

    /// <summary>Runs after the controller was suspended.</summary>
    /// <param name="callback">Must not block.</param>
    void OnSuspended(Action callback);

    /// <summary>Runs after the controller was suspended; <see cref="IController.SuspendAsync"/> completes only when this has.</summary>
    /// <param name="callback">For adapters that must hear from elsewhere that nothing starts there any more. Its token fires after 15 s; then <c>SuspendAsync</c> fails.</param>
    void OnSuspended(Func<CancellationToken, ValueTask> callback);

    /// <summary>Runs after the controller was resumed.</summary>
    /// <param name="callback">Must not block.</param>
    void OnResumed(Action callback);

    /// <summary>Runs when what is queued is cancelled, on the thread that calls <see cref="IController.Clean"/>.</summary>
    /// <param name="callback">Settles deferred events that have not started as cancelled, and returns how many. Must not block.</param>
    void OnCleaning(Func<int> callback);

    /// <summary>Runs when a shutdown has become one of <see cref="ShutdownMode.Finish"/>: deferred events that run are waited for.</summary>
    /// <param name="callback">Settles deferred events that have not started as cancelled, now or when it knows; none may start after it. Must not block.</param>
    void OnFinishing(Action callback);

    /// <summary>Runs when a shutdown has become one of <see cref="ShutdownMode.Abort"/>, after the cancellation of all events, also of the deferred ones.</summary>
    /// <param name="callback">Says of what else the adapter holds that it ends as cancelled. Must not block.</param>
    void OnAborting(Action callback);

    /// <summary>Runs when the loop has ended, in reverse order of registration; each callback has 5 s.</summary>
    /// <param name="callback">Releases what the adapter holds. Its token fires when its time is up.</param>
    void OnStopping(Func<CancellationToken, ValueTask> callback);

    /// <summary>Runs after all stopping callbacks; each callback has 5 s.</summary>
    /// <param name="callback">Releases what the adapter holds.</param>
    void OnStopped(Action callback);

    /// <summary>Runs when the controller gives up.</summary>
    /// <param name="callback">Gets the reason. Must not block.</param>
    void OnFaulted(Action<Exception> callback);

    /// <summary>Makes the controller give up: what is queued and deferred settles, and it stays <see cref="ControllerState.Failed"/> until it is run again.</summary>
    /// <param name="reason">Why; it is logged.</param>
    /// <param name="outcome">What the open events settle as.</param>
    void Fail(Exception reason, EventOutcome outcome);
}
