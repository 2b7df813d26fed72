namespace EventDrivenActors.Adapters;

/// <summary>A callback that an adapter has registered.</summary>
/// <param name="Adapter">The adapter's name.</param>
/// <param name="InPlace">Whether it may be called on any thread, since it never blocks.</param>
/// <param name="Call">The callback.</param>
internal readonly record struct AdapterCallback<TCall>(string Adapter, bool InPlace, TCall Call)
    where TCall : Delegate;
