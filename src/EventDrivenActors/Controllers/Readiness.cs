namespace EventDrivenActors.Controllers;

/// <summary>Waits until a controller runs and what belongs to it is ready.</summary>
/// <param name="controller">The controller that is waited for.</param>
/// <param name="parts">Waits for the parts that must be ready beside the run; <see langword="null"/> where there are
/// none.</param>
internal sealed class Readiness(IController controller, Func<CancellationToken, Task>? parts)
{
    // Any thread. Made for the first caller that waits for the first run.
    private TaskCompletionSource? _begun;
    private volatile bool _hasBegun;
    private Exception? _failure;

    /// <summary>The first run has begun, or there will be none.</summary>
    public void Begin()
    {
        _hasBegun = true;

        // Either a caller that waits is seen here, or that caller sees the flag.
        Interlocked.MemoryBarrier();
        Volatile.Read(ref _begun)?.TrySetResult();
    }

    /// <summary>A run begins: how the last one ended no longer counts.</summary>
    public void Forget() => Volatile.Write(ref _failure, null);

    /// <summary>Why the run has failed; null where it has not.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>The run has failed.</summary>
    public void Fail(Exception? reason) => Volatile.Write(ref _failure, reason);

    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ControllerClosedException">The run has ended before.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await BegunAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        ThrowIfOver();
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task ready = parts?.Invoke(over.Token) ?? Task.CompletedTask;
        if (!ready.IsCompleted)
        {
            // Not as a handler would wait: the caller may be one, and its own run does not wait for it.
            Task ended = EndAsync(over.Token);
            await Task.WhenAny(ready, ended).ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        ThrowIfOver();
        await ready.ConfigureAwait(false);
    }

    private Task BegunAsync()
    {
        if (_hasBegun)
        {
            return Task.CompletedTask;
        }

        TaskCompletionSource begun = LazyInitializer.EnsureInitialized(
            ref _begun,
            static () => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
        );
        Interlocked.MemoryBarrier();
        return _hasBegun ? Task.CompletedTask : begun.Task;
    }

    private Task EndAsync(CancellationToken token)
    {
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
        {
            return Task.Run(() => controller.WaitAsync(token), CancellationToken.None);
        }
    }

    private void ThrowIfOver()
    {
        ControllerState state = controller.State;
        if (state is ControllerState.Stopped or ControllerState.Failed)
        {
            Exception? reason = Failure;
            string words = reason is null ? "" : $": {reason.Message}";
            throw new ControllerClosedException(
                $"The controller '{controller.Name}' is {state.ToString().ToLowerInvariant()}, "
                    + $"so it does not become ready{words}; call Run, and wait again.",
                reason
            );
        }
    }
}
