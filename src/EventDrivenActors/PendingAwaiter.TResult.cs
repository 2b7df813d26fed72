using System.Runtime.CompilerServices;

namespace EventDrivenActors;

/// <summary>Awaits a <see cref="Pending{TResult}"/>; used by the compiler.</summary>
/// <typeparam name="TResult">The type of the result.</typeparam>
public readonly struct PendingAwaiter<TResult> : ICriticalNotifyCompletion
{
    private readonly Pending<TResult> _pending;

    internal PendingAwaiter(Pending<TResult> pending) => _pending = pending;

    /// <summary>Whether the event has settled.</summary>
    /// <exception cref="SelfAwaitException">A handler awaits an event that is queued behind itself.</exception>
    public bool IsCompleted => _pending.IsCompletedOrThrow();

    /// <summary>The event's result.</summary>
    /// <returns>The first handler's result.</returns>
    public TResult GetResult() => _pending.ResultOrThrow();

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => new PendingAwaiter(_pending).OnCompleted(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => _pending.OnSettled(continuation);
}
