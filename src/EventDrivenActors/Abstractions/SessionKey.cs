namespace EventDrivenActors;

/// <summary>A typed key of a <see cref="SessionContext"/>. Two keys of one name are the same entry.</summary>
/// <typeparam name="TValue">The type of the entry's value.</typeparam>
/// <param name="Name">The entry's name; context values cross to a child process under it.</param>
public sealed record SessionKey<TValue>(string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
