using System.Runtime.CompilerServices;
using EventDrivenActors.Waits;

namespace EventDrivenActors;

/// <summary>Awaits a <see cref="Pending{TResult}"/>; used by the compiler.</summary>
/// <typeparam name="TResult">The type of the result.</typeparam>
public readonly struct PendingAwaiter<TResult> : ICriticalNotifyCompletion
{
    private readonly Pending<TResult> _pending;
    private readonly HandlerWait? _wait;
    private readonly bool _onContext;

    internal PendingAwaiter(Pending<TResult> pending, HandlerWait? wait, bool onContext)
    {
        _pending = pending;
        _wait = wait;
        _onContext = onContext;
    }

    /// <summary>Whether the event has settled.</summary>
    /// <exception cref="SelfAwaitException">A handler awaits what can only come after the handler itself has
    /// ended.</exception>
    public bool IsCompleted => _pending.IsCompletedOrThrow(_wait);

    /// <summary>The event's result; blocks until it has settled.</summary>
    /// <returns>The first handler's result.</returns>
    public TResult GetResult()
    {
        _pending.EndWait(_wait);
        return _pending.ResultOrThrow();
    }

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) =>
        new PendingAwaiter(_pending, _wait, _onContext).OnCompleted(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => _pending.OnSettled(continuation, _wait, _onContext);
}
