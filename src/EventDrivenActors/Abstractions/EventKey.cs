namespace EventDrivenActors;

/// <summary>The name of an event, together with the types that its handlers take and return.</summary>
/// <remarks>
/// A typed key and its bare name are the same event: <c>Dispatch(new EventKey&lt;string&gt;("log"), "x")</c> and
/// <c>Dispatch("log", "x")</c> reach the same handlers. Immutable and safe to share by threads.
/// </remarks>
public abstract class EventKey : IEquatable<EventKey>
{
    private protected EventKey(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>The name that identifies the event.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public bool Equals(EventKey? other) => other is not null && other.Name == Name;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EventKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal static object Unwrap(object key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key is EventKey typed ? typed.Name : key;
    }
}
