using EventDrivenActors.Time;
using EventDrivenActors.Waits;

namespace EventDrivenActors;

/// <content>How code waits for an event.</content>
public partial class Pending : INeed
{
    /// <summary>Waits for the event, as <see langword="await"/> does.</summary>
    /// <returns>Gives one result for each handler, in order; an empty list when the event was skipped.</returns>
    /// <exception cref="SelfAwaitException">A handler awaits what can only come after the handler itself has
    /// ended.</exception>
    public PendingAwaiter GetAwaiter() => new(this, Wait(), onContext: true);

    /// <summary>Says where the awaiting code goes on.</summary>
    /// <param name="continueOnCapturedContext">Whether in the synchronization context or on the task scheduler that it
    /// has now, as without this call.</param>
    /// <returns>The value to await.</returns>
    public ConfiguredPendingAwaitable ConfigureAwait(bool continueOnCapturedContext) =>
        new(this, continueOnCapturedContext);

    /// <summary>Waits for the event as a task.</summary>
    /// <returns>The results, or the failure that <see langword="await"/> would throw.</returns>
    public Task<IReadOnlyList<object?>> AsTask() => SettledOrThrowAsync(Wait());

    /// <summary>Waits for the event, but no longer than a time. The event itself goes on.</summary>
    /// <param name="timeout">The longest wait, on the clock of the runtime: zero only looks, 100 ns to 10 years, or
    /// infinite.</param>
    /// <param name="cancellationToken">Ends the wait, not the event.</param>
    /// <returns>The results.</returns>
    /// <exception cref="TimeoutException">The event had not settled by then.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is none of these.</exception>
    public Task<IReadOnlyList<object?>> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        TimeOption.RequireOrZero(timeout, nameof(timeout));
        HandlerWait? wait = Wait();
        Task<IReadOnlyList<object?>> timed = TimedWait.For(
            SettledOrThrowAsync(wait),
            timeout,
            _owner.TimeProvider,
            Key,
            cancellationToken
        );
        return wait?.EndAfterAsync(timed) ?? timed;
    }

    /// <summary>Waits until the event has settled, whatever its status; never throws for a failure.</summary>
    /// <returns>The final status.</returns>
    public async Task<PendingStatus> SettledAsync()
    {
        await Settlement(Wait());
        return Status;
    }

    /// <summary>Calls back once the event has settled: on the thread that settles it, or at once when it has.</summary>
    /// <param name="callback">Must be quick, and must not wait or throw, because the loop waits for it. It is for
    /// adapters that pass outcomes on; other code should await the event. A failure counts as observed.</param>
    internal void WhenSettled(Action<EventOutcome> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        if (IsSettled)
        {
            callback(Outcome);
        }
        else if (!_waiters.TryAdd(callback))
        {
            Completion().GetAwaiter().UnsafeOnCompleted(() => Call(callback));
        }
        else if (IsSettled)
        {
            Call(_waiters.Release());
        }
    }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute() => Call(_waiters.Release());

    string INeed.Description => $"'{Key}' of '{_owner.Name}'";

    void INeed.AddNeeds(List<INeed> needs, bool certainly)
    {
        if (!IsSettled && _owner.NeedOf(this) is { } need)
        {
            needs.Add(need);
        }
    }

    /// <summary>
    /// The wait of the event that the calling code belongs to; <see langword="null"/> when the event has settled,
    /// or outside of events.
    /// </summary>
    internal HandlerWait? Wait() => IsSettled ? null : FlowWait.Of(this);

    internal void OnSettled(Action continuation, bool onContext)
    {
        // A context or scheduler of the awaiting code must be honoured; the task machinery does that.
        if (onContext && (SynchronizationContext.Current is not null || TaskScheduler.Current != TaskScheduler.Default))
        {
            Completion().GetAwaiter().OnCompleted(continuation);
        }
        else if (!_waiters.TryAdd(continuation))
        {
            Completion().GetAwaiter().UnsafeOnCompleted(continuation);
        }
        else if (IsSettled)
        {
            // It has just done so, and may not have seen the waiter.
            OfferedThread.Queue(this);
        }
    }

    /// <summary>A task for any number of awaiters.</summary>
    internal Task Completion()
    {
        Task completion = _waiters.ToTask(this, static (pending, callback) => ((Pending)pending).Call(callback));
        if (IsSettled)
        {
            Call(_waiters.Release());
        }

        return completion;
    }

    private protected PendingAwaiter.Settlement Settlement(HandlerWait? wait) =>
        new(new PendingAwaiter(this, wait, onContext: false));

    private async Task<IReadOnlyList<object?>> SettledOrThrowAsync(HandlerWait? wait)
    {
        await Settlement(wait);
        return ResultsOrThrow();
    }

    private void Call(Action<EventOutcome>? callback)
    {
        try
        {
            callback?.Invoke(Outcome);
        }
        catch (Exception exception)
        {
            _owner.LogBroken(exception);
        }
    }
}
