using System.Runtime.CompilerServices;
using EventDrivenActors.Time;
using EventDrivenActors.Waits;

namespace EventDrivenActors;

public partial class Pending : INeed
{
    // Null; the continuation or the callback of the only waiter; a completion source when there are more; or Released.
    private static readonly object Released = new();
    private object? _waiter;

    /// <summary>Waits for the event, as <see langword="await"/> does.</summary>
    /// <returns>Gives one result for each handler, in order; an empty list when the event was skipped.</returns>
    /// <exception cref="SelfAwaitException">A handler awaits what can only come after the handler itself has
    /// ended.</exception>
    public PendingAwaiter GetAwaiter() => new(this, Wait(), onContext: true);

    /// <summary>Says where the awaiting code goes on.</summary>
    /// <param name="continueOnCapturedContext">Whether in the synchronization context or on the task scheduler that it
    /// has now, as without this call.</param>
    /// <returns>What is to be awaited.</returns>
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
        return wait is null ? timed : EndAsync(timed, wait);

        static async Task<IReadOnlyList<object?>> EndAsync(Task<IReadOnlyList<object?>> timed, HandlerWait wait)
        {
            try
            {
                return await timed.ConfigureAwait(false);
            }
            finally
            {
                wait.End();
            }
        }
    }

    /// <summary>Waits until the event has settled, whatever its status; never throws for a failure.</summary>
    /// <returns>The final status.</returns>
    public async Task<PendingStatus> SettledAsync()
    {
        await new SettledAwaitable(this, Wait());
        return Status;
    }

    /// <summary>Calls back once the event has settled: on the thread that settles it, or at once when it has.</summary>
    /// <param name="callback">Must be quick, and must not wait or throw, because the loop waits for it. It is for
    /// adapters that pass outcomes on; other code should await the event. A failure counts as observed.</param>
    public void WhenSettled(Action<EventOutcome> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        if (IsSettled)
        {
            callback(Outcome);
        }
        else if (Interlocked.CompareExchange(ref _waiter, callback, null) is not null)
        {
            Completion().GetAwaiter().UnsafeOnCompleted(() => Call(callback));
        }
        else if (IsSettled)
        {
            Release();
        }
    }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute() => Release();

    string INeed.Description => $"'{Key}' of '{_owner.Name}'";

    void INeed.AddNeeds(List<INeed> needs, bool certainly)
    {
        if (!IsSettled && _owner.NeedOf(this) is { } need)
        {
            needs.Add(need);
        }
    }

    /// <summary>
    /// The wait of the event that the calling code belongs to; <see langword="null"/> where nobody has to wait, or
    /// outside of events.
    /// </summary>
    internal HandlerWait? Wait() => IsSettled ? null : FlowWait.Of(this);

    /// <exception cref="SelfAwaitException">It could only settle after the event that waits for it.</exception>
    internal bool IsCompletedOrThrow(HandlerWait? wait) =>
        IsSettled || (wait?.Begin() is { } refused ? throw refused : false);

    /// <summary>Ends a wait, and blocks until there is something to end where the caller has not awaited it.</summary>
    internal void EndWait(HandlerWait? wait)
    {
        if (!IsSettled && wait?.Begin() is null)
        {
            Block(wait);
        }

        wait?.End(hasCome: IsSettled);
    }

    internal IReadOnlyList<object?> ResultsOrThrow() => GetResults();

    internal void OnSettled(Action continuation, HandlerWait? wait, bool onContext) =>
        OnSettled(
            wait is null ? continuation : wait.Continue(continuation, continuation.Target as Task, onContext),
            onContext
        );

    private void Block(HandlerWait? wait)
    {
        Task settled = Completion();
        TaskCompletionSource failed = new();

        // The task says that this thread blocks: a circle that another wait closes later is then seen at once.
        _ = wait?.Continue(() => failed.TrySetResult(), failed.Task, onContext: false);
        Task.WaitAny(settled, failed.Task);
    }

    private void OnSettled(Action continuation, bool onContext)
    {
        // A context or scheduler of the awaiting code must be honoured; the task machinery does that.
        if (onContext && (SynchronizationContext.Current is not null || TaskScheduler.Current != TaskScheduler.Default))
        {
            Completion().GetAwaiter().OnCompleted(continuation);
        }
        else if (Interlocked.CompareExchange(ref _waiter, continuation, null) is not null)
        {
            Completion().GetAwaiter().UnsafeOnCompleted(continuation);
        }
        else if (IsSettled)
        {
            // It has just done so, and may not have seen the waiter.
            OfferedThread.Queue(this);
        }
    }

    /// <summary>
    /// Called once the status is final. A waiter that comes at this moment sees that, and may release itself too.
    /// </summary>
    private void ReleaseWaiter()
    {
        object? waiter = Volatile.Read(ref _waiter);
        if (waiter is Action)
        {
            OfferedThread.Queue(this);
        }
        else if (waiter is not null)
        {
            Release();
        }
    }

    /// <summary>Lets the waiters go on, once. The continuations of a task run asynchronously by themselves.</summary>
    private void Release()
    {
        object? waiter = Interlocked.Exchange(ref _waiter, Released);
        switch (waiter)
        {
            case Action continuation:
                continuation();
                break;
            case TaskCompletionSource source:
                source.SetResult();
                break;
            case Action<EventOutcome> callback:
                Call(callback);
                break;
        }
    }

    private void Call(Action<EventOutcome> callback)
    {
        try
        {
            callback(Outcome);
        }
        catch (Exception exception)
        {
            _owner.ReportBroken(exception);
        }
    }

    /// <summary>A task for any number of awaiters; takes the place of a single continuation and keeps it.</summary>
    private Task Completion()
    {
        while (true)
        {
            object? waiter = Volatile.Read(ref _waiter);
            if (ReferenceEquals(waiter, Released))
            {
                return Task.CompletedTask;
            }

            if (waiter is TaskCompletionSource existing)
            {
                return existing.Task;
            }

            TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (ReferenceEquals(Interlocked.CompareExchange(ref _waiter, source, waiter), waiter))
            {
                if ((waiter is Action<EventOutcome> callback ? () => Call(callback) : waiter as Action) is { } first)
                {
                    source.Task.GetAwaiter().UnsafeOnCompleted(first);
                }

                if (IsSettled)
                {
                    Release();
                }

                return source.Task;
            }
        }
    }

    private protected async Task<IReadOnlyList<object?>> SettledOrThrowAsync(HandlerWait? wait)
    {
        await new SettledAwaitable(this, wait);
        return GetResults();
    }

    /// <summary>
    /// Goes on outside of the context of the awaiting code, usually on another thread of the pool than the one that
    /// settles the event.
    /// </summary>
    private protected readonly struct SettledAwaitable(Pending pending, HandlerWait? wait) : ICriticalNotifyCompletion
    {
        public bool IsCompleted => pending.IsCompletedOrThrow(wait);

        public SettledAwaitable GetAwaiter() => this;

        public void GetResult()
        {
            pending.EndWait(wait);
            pending.ObserveFailure();
        }

        public void OnCompleted(Action continuation) => pending.OnSettled(continuation, wait, onContext: false);

        public void UnsafeOnCompleted(Action continuation) => pending.OnSettled(continuation, wait, onContext: false);
    }
}
