namespace EventDrivenActors;

/// <summary>The turning points of a controller's life, for its adapters.</summary>
/// <remarks>
/// No callback runs on the thread that calls <c>Run</c>, <c>Suspend</c>, <c>Resume</c>, <c>Clean</c> or
/// <c>Shutdown</c>, except those of <see cref="InPlace"/>, and those of cleaning where a callback of the same
/// controller calls <c>Clean</c>. The others run on threads of the pool, one at a time for each controller, in the
/// order of the turning points and, at each, of registration; those of stopping in reverse. One that has not returned
/// after 5 s is left to itself: that is logged, and the next one is called. Once a run is to end, a callback has at
/// most half of the time that the end has left: where a controller gives up that is 2 s. The exception of a
/// callback is logged and never breaks the controller; that of a stopping or stopped callback is in the
/// <see cref="ShutdownReport"/> as well, and so is each callback that was still running when the run ended and had to
/// be left.
/// </remarks>
public interface IControllerLifecycle
{
    /// <summary>
    /// The same turning points, for callbacks that keep two promises: they never block, and they run no code but the
    /// adapter's own.
    /// </summary>
    /// <remarks>
    /// They run on the calling thread, before the call returns, and do not wait for those of other adapters; several
    /// may run at a time. Those of stopping and after it run on threads of the pool all the same.
    /// </remarks>
    IControllerLifecycle InPlace { get; }

    /// <summary>
    /// Runs before any event is taken. <c>Run</c> does not wait for it; events that are dispatched meanwhile do.
    /// </summary>
    /// <param name="callback">Prepares the adapter. It has no limit of time before the run is to end; after 5 s the log
    /// says that it is waited for.</param>
    void OnStarting(Action callback);

    /// <summary>Runs once events are taken.</summary>
    /// <param name="callback">Hears of it. <c>Run</c> does not wait for it.</param>
    void OnStarted(Action callback);

    /// <summary>
    /// Runs when code waits for the controller to be ready (<see cref="IController.ReadyAsync"/>), while it runs.
    /// </summary>
    /// <param name="callback">Completes when what the adapter has is ready. Its token fires when the wait or the run
    /// ends. It runs beside the other callbacks.</param>
    void OnReady(Func<CancellationToken, Task> callback);

    /// <summary>
    /// Runs after the controller was suspended; <see cref="IController.SuspendAsync"/> completes only when it has
    /// ended.
    /// </summary>
    /// <param name="callback">Hears of it.</param>
    void OnSuspended(Action callback);

    /// <summary>
    /// Runs after the controller was suspended; <see cref="IController.SuspendAsync"/> completes only when what it
    /// returns has.
    /// </summary>
    /// <param name="callback">
    /// For an adapter that must hear from elsewhere that nothing starts there any more. Callbacks of other turning
    /// points run once it has returned its task. Its token fires after 15 s; then <c>SuspendAsync</c> fails.
    /// </param>
    void OnSuspended(Func<CancellationToken, ValueTask> callback);

    /// <summary>Runs after the controller was resumed. <c>Resume</c> does not wait for it.</summary>
    /// <param name="callback">Hears of it.</param>
    void OnResumed(Action callback);

    /// <summary>
    /// Runs when what is queued is cancelled. <see cref="IController.Clean"/> waits for it, at most a second of real
    /// time, to count what it has cancelled.
    /// </summary>
    /// <param name="callback">Settles deferred events that have not started as cancelled, and returns how many.</param>
    void OnCleaning(Func<int> callback);

    /// <summary>
    /// Runs when a shutdown has become one of <see cref="ShutdownMode.Finish"/>: deferred events that run are waited
    /// for.
    /// </summary>
    /// <param name="callback">Settles deferred events that have not started as cancelled, now or when it knows; none
    /// may start after it.</param>
    void OnFinishing(Action callback);

    /// <summary>
    /// Runs when a shutdown has become one of <see cref="ShutdownMode.Abort"/>, after the cancellation of all events,
    /// also of the deferred ones.
    /// </summary>
    /// <param name="callback">Says of what else the adapter holds that it ends as cancelled.</param>
    void OnAborting(Action callback);

    /// <summary>Runs when the loop has ended, in reverse order of registration; each callback has 5 s.</summary>
    /// <param name="callback">Releases what the adapter holds. Its token fires when its time is up.</param>
    void OnStopping(Func<CancellationToken, ValueTask> callback);

    /// <summary>Runs after all stopping callbacks; each callback has 5 s.</summary>
    /// <param name="callback">Releases what the adapter holds.</param>
    void OnStopped(Action callback);

    /// <summary>Runs when the controller gives up.</summary>
    /// <param name="callback">Gets the reason.</param>
    void OnFaulted(Action<Exception> callback);

    /// <summary>
    /// Makes the controller give up: queued and deferred events settle, and it stays
    /// <see cref="ControllerState.Failed"/> until it is run again. One that has ended stays as it is.
    /// </summary>
    /// <param name="reason">Why; it is logged.</param>
    /// <param name="outcome">The outcome of the open events.</param>
    void Fail(Exception reason, EventOutcome outcome);
}
