using EventDrivenActors.Waits;

namespace EventDrivenActors;

/// <summary>
/// An accepted event whose first handler, or submitted function, returns a <typeparamref name="TResult"/>.
/// </summary>
/// <typeparam name="TResult">The type of the result.</typeparam>
/// <remarks>All of <see cref="Pending"/> holds; awaiting it gives the typed result instead of the list.</remarks>
public sealed class Pending<TResult> : Pending
{
    internal Pending(
        IEventOwner<Pending> owner,
        object key,
        object? value,
        SessionContext? context,
        object?[]? args,
        EventOptions? options
    )
        : base(owner, key, value, context, args, options) { }

    /// <summary>Waits for the event, as <see langword="await"/> does.</summary>
    /// <returns>Gives the first handler's result.</returns>
    /// <exception cref="EventSkippedException">The event was skipped, so there is no result.</exception>
    /// <exception cref="InvalidOperationException">No handler ran, or its result is of another type.</exception>
    public new PendingAwaiter<TResult> GetAwaiter() => new(this, Wait(), onContext: true);

    /// <summary>Says where the awaiting code goes on.</summary>
    /// <param name="continueOnCapturedContext">Whether in the synchronization context or on the task scheduler that it
    /// has now, as without this call.</param>
    /// <returns>The value to await.</returns>
    public new ConfiguredPendingAwaitable<TResult> ConfigureAwait(bool continueOnCapturedContext) =>
        new(this, continueOnCapturedContext);

    /// <summary>Waits for the event as a task.</summary>
    /// <returns>The result, or the failure that <see langword="await"/> would throw.</returns>
    public new Task<TResult> AsTask() => ResultAsync(Wait());

    /// <summary>Waits for the event, but no longer than a time. The event itself goes on.</summary>
    /// <param name="timeout">The longest wait, on the clock of the runtime: zero only looks, 100 ns to 10 years, or
    /// infinite.</param>
    /// <param name="cancellationToken">Ends the wait, not the event.</param>
    /// <returns>The result.</returns>
    /// <exception cref="TimeoutException">The event had not settled by then.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is none of these.</exception>
    public new Task<TResult> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken = default) =>
        ResultAsync(base.WaitAsync(timeout, cancellationToken));

    private async Task<TResult> ResultAsync(Task settled)
    {
        await settled.ConfigureAwait(false);
        return ResultOrThrow();
    }

    private async Task<TResult> ResultAsync(HandlerWait? wait)
    {
        await Settlement(wait);
        return ResultOrThrow();
    }

    internal TResult ResultOrThrow()
    {
        ResultsOrThrow();
        if (Status == PendingStatus.Skipped)
        {
            throw new EventSkippedException(
                $"The event '{Key}' of the controller '{Owner.Name}' was skipped, so it has no "
                    + $"{typeof(TResult).Name}; await it as a Pending to get an empty list instead."
            );
        }

        if (!TryGetFirstResult(out object? result))
        {
            throw new InvalidOperationException(
                $"The event '{Key}' of the controller '{Owner.Name}' has no handler that returns a "
                    + $"{typeof(TResult).Name}; map one with On."
            );
        }

        return result is TResult typed ? typed
            : Owner.TryWrap(this, typeof(TResult), result, out object? wrapped)
                ? (TResult)wrapped!
            : result is null && default(TResult) is null ? default!
            : throw new InvalidOperationException(
                $"The first handler of '{Key}' of the controller '{Owner.Name}' returned '{result ?? "null"}', which "
                    + $"is not a {typeof(TResult).Name}."
            );
    }
}
