using System.Runtime.CompilerServices;
using EventDrivenActors.Waits;

namespace EventDrivenActors;

/// <summary>Awaits a <see cref="Pending{TResult}"/>; used by the compiler.</summary>
/// <typeparam name="TResult">The type of the result.</typeparam>
public readonly struct PendingAwaiter<TResult> : ICriticalNotifyCompletion
{
    private readonly PendingAwaiter _awaiter;

    internal PendingAwaiter(Pending<TResult> pending, HandlerWait? wait, bool onContext) =>
        _awaiter = new PendingAwaiter(pending, wait, onContext);

    /// <summary>Whether the event has settled.</summary>
    /// <exception cref="SelfAwaitException">A handler awaits what can only come after the handler itself has
    /// ended.</exception>
    public bool IsCompleted => _awaiter.IsCompleted;

    /// <summary>The event's result; blocks until it has settled.</summary>
    /// <returns>The first handler's result.</returns>
    public TResult GetResult()
    {
        _awaiter.End();
        return Unsafe.As<Pending<TResult>>(_awaiter.Pending).ResultOrThrow();
    }

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => _awaiter.OnCompleted(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => _awaiter.UnsafeOnCompleted(continuation);
}
