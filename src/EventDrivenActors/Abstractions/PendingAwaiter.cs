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
    public bool IsCompleted => _pending.IsCompletedOrThrow(_wait);

    /// <summary>The event's results; blocks until it has settled.</summary>
    /// <returns>One result for each handler, in order.</returns>
    public IReadOnlyList<object?> GetResult()
    {
        _pending.EndWait(_wait);
        return _pending.ResultsOrThrow();
    }

    /// <inheritdoc/>
    public void OnCompleted(Action continuation)
    {
        ExecutionContext? context = ExecutionContext.Capture();
        _pending.OnSettled(
            context is null
                ? continuation
                : () => ExecutionContext.Run(context, static action => ((Action)action!)(), continuation),
            _wait,
            _onContext
        );
    }

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => _pending.OnSettled(continuation, _wait, _onContext);
}
