namespace EventDrivenActors;

/// <summary>
/// What <see cref="Pending.ConfigureAwait"/> gives: a <see cref="Pending"/> and where what awaits it goes on.
/// </summary>
public readonly struct ConfiguredPendingAwaitable
{
    private readonly Pending _pending;
    private readonly bool _onContext;

    internal ConfiguredPendingAwaitable(Pending pending, bool onContext)
    {
        _pending = pending;
        _onContext = onContext;
    }

    /// <summary>Waits for the event, as <see langword="await"/> does.</summary>
    /// <returns>Gives what <see cref="Pending.GetAwaiter"/> gives.</returns>
    public PendingAwaiter GetAwaiter() => new(_pending, _pending.Wait(), _onContext);
}
