using System.Runtime.CompilerServices;
using EventDrivenActors.Waits;

namespace EventDrivenActors;

/// <summary>Awaits a <see cref="Pending"/>; used by the compiler.</summary>
public readonly struct PendingAwaiter : ICriticalNotifyCompletion
{
    private readonly Pending _pending;
    private readonly HandlerWait? _wait;
    private readonly bool _onContext;

    internal PendingAwaiter(Pending pending, HandlerWait? wait, bool onContext)
    {
        _pending = pending;
        _wait = wait;
        _onContext = onContext;
    }

    /// <summary>Whether the event has settled.</summary>
    /// <exception cref="SelfAwaitException">A handler awaits what can only come after the handler itself has
    /// ended.</exception>
    public bool IsCompleted => _pending.IsSettled || (_wait?.Begin() is { } refused ? throw refused : false);

    internal Pending Pending => _pending;

    /// <summary>The event's results; blocks until it has settled.</summary>
    /// <returns>One result for each handler, in order.</returns>
    public IReadOnlyList<object?> GetResult()
    {
        End();
        return _pending.ResultsOrThrow();
    }

    /// <inheritdoc/>
    public void OnCompleted(Action continuation)
    {
        ExecutionContext? context = ExecutionContext.Capture();
        UnsafeOnCompleted(
            context is null
                ? continuation
                : () => ExecutionContext.Run(context, static action => ((Action)action!)(), continuation)
        );
    }

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) =>
        _pending.OnSettled(
            _wait is null ? continuation : _wait.Continue(continuation, continuation.Target as Task, _onContext),
            _onContext
        );

    /// <summary>Ends the wait. Blocks until the event has settled where the caller has not awaited it.</summary>
    internal void End()
    {
        if (!_pending.IsSettled && _wait?.Begin() is null)
        {
            Block();
        }

        _wait?.End(hasCome: _pending.IsSettled);
    }

    private void Block()
    {
        Task settled = _pending.Completion();
        TaskCompletionSource failed = new();

        // The task says that this thread blocks: a circle that another wait closes later is then seen at once.
        _ = _wait?.Continue(() => failed.TrySetResult(), failed.Task, onContext: false);
        Task.WaitAny(settled, failed.Task);
    }

    /// <summary>
    /// Awaits a pending without its results, and goes on outside of the context of the awaiting code, usually on
    /// another thread of the pool than the one that settles the event.
    /// </summary>
    internal readonly struct Settlement(PendingAwaiter awaiter) : ICriticalNotifyCompletion
    {
        public bool IsCompleted => awaiter.IsCompleted;

        public Settlement GetAwaiter() => this;

        public void GetResult()
        {
            awaiter.End();
            awaiter._pending.ObserveFailure();
        }

        public void OnCompleted(Action continuation) => awaiter.UnsafeOnCompleted(continuation);

        public void UnsafeOnCompleted(Action continuation) => awaiter.UnsafeOnCompleted(continuation);
    }
}
