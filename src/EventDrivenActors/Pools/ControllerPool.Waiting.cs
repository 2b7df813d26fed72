using EventDrivenActors.Waits;

namespace EventDrivenActors;

/// <content>Waits for the pool to be idle, and for what is queued to be taken.</content>
public sealed partial class ControllerPool
{
    private readonly List<TaskCompletionSource> _idleWaiters = [];
    private volatile bool _hasIdleWaiters;

    /// <inheritdoc/>
    public override Task PendingAsync(CancellationToken cancellationToken = default)
    {
        Need Taking() => new($"what is queued in '{Name}' to be taken", AddQueued);
        return FlowWait.GuardAsync(Taking, TakenAsync, cancellationToken);
    }

    /// <summary>Waits again where an event has meanwhile gone from a worker that leaves to another one.</summary>
    private async Task TakenAsync(CancellationToken cancellationToken)
    {
        for (Task? seen = null; !ReferenceEquals(seen, _rehomed);)
        {
            seen = _rehomed;
            await seen.WaitAsync(cancellationToken).ConfigureAwait(false);
            await Task.WhenAll(
                    _roster.All.SelectMany(worker =>
                        new[]
                        {
                            worker.Loop.TakenAsync(_queue, cancellationToken),
                            worker.Loop.TakenAsync(worker.Loop.Mailbox, cancellationToken),
                        }
                    )
                )
                .ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override Task WaitForIdleAsync(CancellationToken cancellationToken = default)
    {
        return FlowWait.GuardAsync(() => new Need($"'{Name}' to be idle", AddWorkers), IdleAsync, cancellationToken);
    }

    private Task IdleAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_idleWaiters)
        {
            _idleWaiters.Add(source);
            _hasIdleWaiters = true;
        }

        Interlocked.MemoryBarrierProcessWide();
        CheckIdle();
        return source.Task.WaitAsync(cancellationToken);
    }

    private void CheckIdle()
    {
        ForgetLeftBehind();
        if (!_hasIdleWaiters)
        {
            return;
        }

        lock (_idleWaiters)
        {
            if (IsIdle)
            {
                _hasIdleWaiters = false;
                _idleWaiters.ForEach(source => source.TrySetResult());
                _idleWaiters.Clear();
            }
        }
    }
}
