using System.Runtime.CompilerServices;

namespace EventDrivenActors;

/// <summary>Awaits a <see cref="Pending"/>; used by the compiler.</summary>
public readonly struct PendingAwaiter : ICriticalNotifyCompletion
{
    private readonly Pending _pending;

    internal PendingAwaiter(Pending pending) => _pending = pending;

    /// <summary>Whether the event has settled.</summary>
    /// <exception cref="SelfAwaitException">A handler awaits an event that is queued behind itself.</exception>
    public bool IsCompleted => _pending.IsCompletedOrThrow();

    /// <summary>The event's results.</summary>
    /// <returns>One result for each handler, in order.</returns>
    public IReadOnlyList<object?> GetResult() => _pending.ResultsOrThrow();

    /// <inheritdoc/>
    public void OnCompleted(Action continuation)
    {
        ExecutionContext? context = ExecutionContext.Capture();
        _pending.OnSettled(context is null
            ? continuation
            : () => ExecutionContext.Run(context, static action => ((Action)action!)(), continuation));
    }

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => _pending.OnSettled(continuation);
}
