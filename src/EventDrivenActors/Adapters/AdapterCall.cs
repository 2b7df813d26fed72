namespace EventDrivenActors.Adapters;

/// <summary>A call of an adapter that waits for its turn in the lane of its controller.</summary>
/// <param name="adapter">The adapter's name; <see langword="null"/> for a step of the controller's own.</param>
/// <param name="callback">The turning point.</param>
/// <param name="make">Makes the call.</param>
/// <param name="isAwaited">Whether what comes after it waits for its end, however long that takes.</param>
internal sealed class AdapterCall(string? adapter, string callback, Action make, bool isAwaited = false)
{
    public string? Adapter => adapter;

    public string Callback => callback;

    public bool IsAwaited => isAwaited;

    /// <summary>Fires when the call has taken its time.</summary>
    public DueTimer? Timer { get; set; }

    /// <summary>The time that it was given last.</summary>
    public TimeSpan Limit { get; set; }

    public void Make() => make();
}
