using EventDrivenActors.EventLoop.Mailbox;
using EventDrivenActors.Sessions;
using EventDrivenActors.Waits;

namespace EventDrivenActors.EventLoop;

/// <summary>
/// Lets callers wait until a controller or a pool is idle, has taken all queued events, has room, or has ended its
/// run.
/// </summary>
/// <remarks>
/// A handler that waits for what can only come after the handler itself has ended gets a
/// <see cref="SelfAwaitException"/>.
/// </remarks>
/// <param name="receiver">The controller or pool.</param>
/// <param name="mayBeIdle">Called each time it may have become idle, before its waiters are looked at.</param>
internal sealed class Waiters(IReceiver receiver, Action? mayBeIdle = null)
{
    // Made for the first caller that waits, and the lock of its own items.
    private List<TaskCompletionSource>? _idle;

    // Written under the lock of _idle, read by any thread.
    private volatile bool _hasIdle;

    private Need End => new($"the end of '{receiver.Name}'", receiver.AddRunning);

    public Task WaitForIdleAsync(CancellationToken cancellationToken) =>
        FlowWait.GuardAsync(
            () => new Need($"'{receiver.Name}' to be idle", receiver.AddRunning),
            BecomeIdleAsync,
            cancellationToken
        );

    /// <summary>As <see cref="WaitForIdleAsync"/>, for callers that are no handlers.</summary>
    public Task BecomeIdleAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        List<TaskCompletionSource> idle = LazyInitializer.EnsureInitialized(ref _idle, static () => []);
        lock (idle)
        {
            idle.Add(source);
            _hasIdle = true;
        }

        // Either the draining thread sees the flag after its last event, or this thread sees that nothing is left.
        Interlocked.MemoryBarrierProcessWide();
        CheckIdle();
        return source.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Lets the callers go on that wait for idleness, if nothing is left.</summary>
    public void CheckIdle()
    {
        mayBeIdle?.Invoke();
        if (!_hasIdle)
        {
            return;
        }

        List<TaskCompletionSource> idle = _idle!;
        lock (idle)
        {
            if (!receiver.IsIdle)
            {
                return;
            }

            _hasIdle = false;
            idle.ForEach(source => source.TrySetResult());
            idle.Clear();
        }
    }

    /// <summary>Waits until what is queued at the call has been taken.</summary>
    /// <param name="taken">Waits for that.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WaitForTakenAsync(Func<CancellationToken, Task> taken, CancellationToken cancellationToken) =>
        FlowWait.GuardAsync(
            () => new Need($"what is queued in '{receiver.Name}' to be taken", receiver.AddQueued),
            taken,
            cancellationToken
        );

    /// <summary>Adds an event to a mailbox of the receiver that was full, as soon as there is room.</summary>
    /// <returns>Gives <see cref="AddResult.Added"/> or <see cref="AddResult.Closed"/>.</returns>
    public async ValueTask<AddResult> AddWhenRoomAsync(
        EventMailbox mailbox,
        QueuedEvent item,
        CancellationToken cancellationToken
    )
    {
        AddResult result = AddResult.Full;
        await FlowWait
            .GuardAsync(
                () => new Need($"room in the queue of '{receiver.Name}'", needs => needs.Add(receiver.NextTurn)),
                async token => result = await mailbox.AddWhenRoom(item, token).ConfigureAwait(false),
                cancellationToken
            )
            .ConfigureAwait(false);
        return result;
    }

    /// <param name="end">Completes when the run has ended.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WaitForEndAsync(Task end, CancellationToken cancellationToken) =>
        end.IsCompleted ? end : FlowWait.GuardAsync(() => End, end.WaitAsync, cancellationToken);

    /// <summary>Shuts down, and waits for the end unless a handler calls that can only end before it.</summary>
    /// <param name="mode">How the shutdown begins. An abort waits for no handler but the one that asks for it.</param>
    /// <param name="begin">Begins it, and gives its report.</param>
    public async Task<ShutdownReport> ShutdownAsync(ShutdownMode mode, Func<Task<ShutdownReport>> begin)
    {
        HandlerWait? wait = Session.Current.IsActive ? FlowWait.Of(End) : null;
        wait = wait is not null && mode == ShutdownMode.Abort && !receiver.Runs((SessionFrame)wait.Frame) ? null : wait;
        Task<ShutdownReport> report = begin();
        bool ends = wait is null || await wait.TryAwaitAsync(report).ConfigureAwait(false);
        return ends ? await report.ConfigureAwait(false) : new ShutdownReport(0, 0, 0) { Ended = false };
    }
}
