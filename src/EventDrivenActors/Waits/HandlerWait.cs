namespace EventDrivenActors.Waits;

/// <summary>
/// A wait that a running event has begun. It ends when what it waits for comes, or is ended when that could only come
/// after the event itself.
/// </summary>
/// <param name="frame">The running event.</param>
/// <param name="version">Which of the frame's events.</param>
/// <param name="wanted">The object of the wait.</param>
internal sealed class HandlerWait(HandledEvent frame, int version, INeed wanted) : INeed
{
    private static readonly Action Gone = static () => { };

    // The thread that waits, before it takes the continuation; then any thread.
    private TaskCompletionSource? _elsewhere;
    private Task? _awaiting;

    // Any thread, by interlocked steps.
    private Action? _continuation;
    private SelfAwaitException? _failure;

    // The thread that waits writes these; the watch reads the thread.
    private Thread? _begunOn;
    private bool _begun;

    public HandledEvent Frame => frame;

    public int Version => version;

    public INeed Wanted => wanted;

    /// <summary>Whether it has begun and not ended. Under the watch's gate.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Whether the event has not ended.</summary>
    public bool IsOfRunningEvent => frame.Version == version;

    /// <summary>Ends it on the runtime's clock, where it cannot be seen whether the handler blocks on it.</summary>
    public DueTimer? Limit { get; set; }

    /// <summary>Begins to wait.</summary>
    /// <returns>Why that is refused.</returns>
    public SelfAwaitException? Begin()
    {
        if (!_begun)
        {
            _begun = true;
            _begunOn = Thread.CurrentThread;
            if (WaitWatch.OfProcess.Begin(this) is { } refused)
            {
                _failure = refused;
            }
        }

        return _failure;
    }

    /// <summary>Ends the wait.</summary>
    public void End()
    {
        if (_begun)
        {
            WaitWatch.OfProcess.End(this);
        }
    }

    /// <summary>Ends the wait. It has failed, unless what it waits for has come nevertheless.</summary>
    public void End(bool hasCome)
    {
        End();
        if (!hasCome && Volatile.Read(ref _failure) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>Ends the wait when a task has ended, whose result it gives.</summary>
    public async Task<T> EndAfterAsync<T>(Task<T> task)
    {
        try
        {
            return await task.ConfigureAwait(false);
        }
        finally
        {
            End();
        }
    }

    /// <summary>Whether the event's end is certain to need that of the wait.</summary>
    /// <param name="begins">Whether it has just begun: the handler's own code does so on its own thread, where it may
    /// block.</param>
    public bool IsCertain(bool begins)
    {
        int thread = frame.SynchronousThread;
        Task? awaiting = Volatile.Read(ref _awaiting);
        if (thread == 0)
        {
            return frame.Suspension is { } suspension && awaiting is not null && AwaitChain.Leads(awaiting, suspension);
        }

        return _begunOn is { } own
            && own.ManagedThreadId == thread
            && (
                begins
                || (
                    awaiting is not null
                    && (own.ThreadState & ThreadState.WaitSleepJoin) != 0
                    && AwaitChain.Blocks(awaiting)
                )
            );
    }

    /// <summary>
    /// Ends the wait with a failure. The awaited result may still come; the continuation runs once.
    /// </summary>
    public void Fail(SelfAwaitException failure)
    {
        Interlocked.Exchange(ref _failure, failure);
        if (Volatile.Read(ref _continuation) is not null)
        {
            ResumeFailed();
        }
    }

    /// <summary>Keeps what goes on when the wait ends.</summary>
    /// <param name="continuation">Called once, by the result or by a failure.</param>
    /// <param name="awaiting">The task of the method that waits, where it is known.</param>
    /// <param name="onContext">Whether it goes on in the context of the caller.</param>
    /// <returns>The callback for the result of the wait.</returns>
    public Action Continue(Action continuation, Task? awaiting, bool onContext)
    {
        Volatile.Write(ref _awaiting, awaiting);
        if (onContext && (SynchronizationContext.Current is not null || TaskScheduler.Current != TaskScheduler.Default))
        {
            _elsewhere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _elsewhere.Task.GetAwaiter().UnsafeOnCompleted(Resume);
        }

        Interlocked.Exchange(ref _continuation, continuation);
        Begin();
        if (Volatile.Read(ref _failure) is not null)
        {
            ResumeFailed();
        }

        return Resume;
    }

    /// <summary>Waits for a task.</summary>
    /// <returns>Whether it has ended; false when it could only do so after the event.</returns>
    public Task<bool> TryAwaitAsync(Task task)
    {
        Task<bool> awaiting = AwaitAsync(task);
        Volatile.Write(ref _awaiting, awaiting);
        return awaiting;
    }

    /// <summary>Awaits a task, which the event may only do if it can end before the event.</summary>
    /// <exception cref="SelfAwaitException">It can only end after the event.</exception>
    public async Task GuardAsync(Func<CancellationToken, Task> begin, CancellationToken cancellationToken)
    {
        if (Begin() is { } refused)
        {
            throw refused;
        }

        using CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task task = begin(source.Token);
        if (!await TryAwaitAsync(task).ConfigureAwait(false))
        {
            // It may come at this very moment.
            await source.CancelAsync().ConfigureAwait(false);
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            End(task.IsCompletedSuccessfully);
        }

        if (task.IsCanceled)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        await task.ConfigureAwait(false);
    }

    void INeed.AddNeeds(List<INeed> needs, bool certainly) => needs.Add(wanted);

    private async Task<bool> AwaitAsync(Task task)
    {
        try
        {
            TaskCompletionSource failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Interlocked.Exchange(ref _continuation, () => failed.TrySetResult());
            if (Begin() is null)
            {
                await Task.WhenAny(task, failed.Task).ConfigureAwait(false);
            }

            return task.IsCompleted;
        }
        finally
        {
            End();
        }
    }

    private void Resume() => Interlocked.Exchange(ref _continuation, Gone)!();

    private void ResumeFailed()
    {
        if (_elsewhere is { } elsewhere)
        {
            elsewhere.TrySetResult();
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(static wait => wait.Resume(), this, preferLocal: false);
        }
    }
}
