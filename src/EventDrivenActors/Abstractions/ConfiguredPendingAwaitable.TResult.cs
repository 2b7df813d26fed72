namespace EventDrivenActors;

/// <summary>
/// What <see cref="Pending{TResult}.ConfigureAwait"/> gives: a <see cref="Pending{TResult}"/> and where what awaits it
/// goes on.
/// </summary>
/// <typeparam name="TResult">The type of the result.</typeparam>
public readonly struct ConfiguredPendingAwaitable<TResult>
{
    private readonly Pending<TResult> _pending;
    private readonly bool _onContext;

    internal ConfiguredPendingAwaitable(Pending<TResult> pending, bool onContext)
    {
        _pending = pending;
        _onContext = onContext;
    }

    /// <summary>Waits for the event, as <see langword="await"/> does.</summary>
    /// <returns>Gives what <see cref="Pending{TResult}.GetAwaiter"/> gives.</returns>
    public PendingAwaiter<TResult> GetAwaiter() => new(_pending, _pending.Wait(), _onContext);
}
