namespace EventDrivenActors.Adapters;

/// <content>
/// The seams that adapters see: one for callbacks that are called in the lane, one for those that may be called on any
/// thread.
/// </content>
internal sealed partial class AdapterLifecycle
{
    /// <summary>The adapter that is being installed, for messages.</summary>
    public IAdapter? Installing { get; set; }

    public IControllerLifecycle Seams => new Registering(this, inPlace: false);

    /// <summary>
    /// The adapter that registers a callback; later than its own installation, the class that has it.
    /// </summary>
    private string NameOf(Delegate callback) =>
        Installing?.GetType().Name ?? callback.Method.DeclaringType?.Name ?? callback.Method.Name;

    private sealed class Registering(AdapterLifecycle lifecycle, bool inPlace) : IControllerLifecycle
    {
        public IControllerLifecycle InPlace => inPlace ? this : new Registering(lifecycle, inPlace: true);

        public void OnStarting(Action callback) => Add(ref lifecycle._starting, callback, callback);

        public void OnStarted(Action callback) => Add(ref lifecycle._started, callback, callback);

        public void OnReady(Func<CancellationToken, Task> callback) => Add(ref lifecycle._ready, callback, callback);

        public void OnSuspended(Action callback) =>
            Add(
                ref lifecycle._suspended,
                _ =>
                {
                    callback();
                    return default;
                },
                callback
            );

        public void OnSuspended(Func<CancellationToken, ValueTask> callback) =>
            Add(ref lifecycle._suspended, callback, callback);

        public void OnCleaning(Func<int> callback) => Add(ref lifecycle._cleaning, callback, callback);

        public void OnFinishing(Action callback) => Add(ref lifecycle._finishing, callback, callback);

        public void OnAborting(Action callback) => Add(ref lifecycle._aborting, callback, callback);

        public void OnResumed(Action callback) => Add(ref lifecycle._resumed, callback, callback);

        public void OnStopping(Func<CancellationToken, ValueTask> callback) =>
            Add(ref lifecycle._stopping, callback, callback);

        public void OnStopped(Action callback) => Add(ref lifecycle._stopped, callback, callback);

        public void OnFaulted(Action<Exception> callback) => Add(ref lifecycle._faulted, callback, callback);

        public void Fail(Exception reason, EventOutcome outcome) => lifecycle.Fail(reason, outcome);

        private void Add<TCall>(ref List<AdapterCallback<TCall>>? callbacks, TCall call, Delegate named)
            where TCall : Delegate =>
            (callbacks ??= []).Add(new AdapterCallback<TCall>(lifecycle.NameOf(named), inPlace, call));
    }
}
