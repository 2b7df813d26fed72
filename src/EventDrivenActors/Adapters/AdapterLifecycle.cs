using EventDrivenActors.Diagnostics;

namespace EventDrivenActors.Adapters;

/// <summary>The callbacks that a controller's adapters have registered.</summary>
internal sealed class AdapterLifecycle(ControllerLog log, Action<Exception, EventOutcome> fail) : IControllerLifecycle
{
    private static readonly TimeSpan StepLimit = TimeSpan.FromSeconds(5);
    private readonly List<Action> _starting = [];
    private readonly List<Action> _started = [];
    private readonly List<Action> _suspended = [];
    private readonly List<Action> _resumed = [];
    private readonly List<Func<CancellationToken, ValueTask>> _stopping = [];
    private readonly List<Action> _stopped = [];
    private readonly List<Action<Exception>> _faulted = [];

    public void OnStarting(Action callback) => _starting.Add(callback);

    public void OnStarted(Action callback) => _started.Add(callback);

    public void OnSuspended(Action callback) => _suspended.Add(callback);

    public void OnResumed(Action callback) => _resumed.Add(callback);

    public void OnStopping(Func<CancellationToken, ValueTask> callback) => _stopping.Add(callback);

    public void OnStopped(Action callback) => _stopped.Add(callback);

    public void OnFaulted(Action<Exception> callback) => _faulted.Add(callback);

    public void Fail(Exception reason, EventOutcome outcome)
    {
        log.GaveUp(reason);
        RunAll(_faulted.Select(callback => (Action)(() => callback(reason))));
        fail(reason, outcome);
    }

    public void Starting() => RunAll(_starting);

    public void Started() => RunAll(_started);

    public void Suspended() => RunAll(_suspended);

    public void Resumed() => RunAll(_resumed);

    /// <summary>Runs the stopping callbacks in reverse order, then the stopped ones.</summary>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="deadline">The time stamp at which waiting ends even for a callback that ignores its token.</param>
    public async Task<IReadOnlyList<Exception>> StopAsync(TimeProvider timeProvider, long deadline)
    {
        List<Exception> errors = [];
        foreach (Func<CancellationToken, ValueTask> callback in Enumerable.Reverse(_stopping))
        {
            TimeSpan left = timeProvider.GetElapsedTime(timeProvider.GetTimestamp(), deadline);
            TimeSpan limit = left < TimeSpan.Zero ? TimeSpan.Zero : left < StepLimit ? left : StepLimit;

            // The token fires a little earlier, so that a callback which obeys it still ends in time.
            using CancellationTokenSource source = new(limit * 0.9, timeProvider);
            using CancellationTokenSource ended = new();
            Task late = Task.Delay(limit, timeProvider, ended.Token);
            try
            {
                Task closing = callback(source.Token).AsTask();
                if (await Task.WhenAny(closing, late).ConfigureAwait(false) == late)
                {
                    throw new TimeoutException($"An adapter was not closed within {limit}; it is left to itself.");
                }

                await closing.ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                log.AdapterFailed(exception);
                errors.Add(exception);
            }
            finally
            {
                await ended.CancelAsync().ConfigureAwait(false);
            }
        }

        RunAll(_stopped);
        return errors;
    }

    private void RunAll(IEnumerable<Action> callbacks)
    {
        foreach (Action callback in callbacks)
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
