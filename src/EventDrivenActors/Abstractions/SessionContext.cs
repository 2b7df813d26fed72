using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace EventDrivenActors;

/// <summary>An immutable bag of named values that handlers read through <see cref="Session.Get{TValue}"/>.</summary>
/// <remarks>
/// Three layers exist, the later ones winning: the controller's options, the run, the event. Since a context never
/// changes, one instance may serve any number of events and threads.
/// </remarks>
public sealed class SessionContext : IReadOnlyCollection<KeyValuePair<string, object?>>
{
    private readonly KeyValuePair<string, object?>[] _entries;

    private SessionContext(KeyValuePair<string, object?>[] entries) => _entries = entries;

    /// <summary>The context without entries.</summary>
    public static SessionContext Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _entries.Count(IsVisible);

    /// <summary>Returns a copy of this context in which <paramref name="key"/> has <paramref name="value"/>.</summary>
    /// <typeparam name="TValue">The type of the value.</typeparam>
    /// <param name="key">The entry to set.</param>
    /// <param name="value">Its value; shared, not copied, so it should not change while handlers read it.</param>
    /// <returns>The new context.</returns>
    public SessionContext With<TValue>(SessionKey<TValue> key, TValue value)
    {
        ArgumentNullException.ThrowIfNull(key);
        return With(key.Name, value);
    }

    /// <summary>
    /// Returns a copy of this context in which the entry <paramref name="name"/> has <paramref name="value"/>.
    /// </summary>
    /// <param name="name">The entry's name; not empty.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The new context.</returns>
    public SessionContext With(string name, object? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        KeyValuePair<string, object?> entry = new(name, value);
        int index = IndexOf(name);
        KeyValuePair<string, object?>[] entries = index < 0 ? [.. _entries, entry] : [.. _entries];
        entries[index < 0 ? ^1 : index] = entry;
        return new SessionContext(entries);
    }

    /// <summary>
    /// Returns a copy of this context that knows why it has no entry <paramref name="name"/>; the exception of
    /// <see cref="Session.Get{TValue}"/> says so.
    /// </summary>
    /// <param name="name">The entry's name; not empty.</param>
    /// <param name="reason">Why it is missing and what to do, as a sentence.</param>
    /// <returns>The new context. An outer layer's entry of that name still shows through.</returns>
    public SessionContext Without(string name, string reason) => With(name, new Missing(reason));

    /// <summary>Returns this context with all entries of <paramref name="over"/> laid over it.</summary>
    /// <param name="over">The context whose entries win.</param>
    /// <returns>The merged context.</returns>
    public SessionContext Merge(SessionContext over)
    {
        ArgumentNullException.ThrowIfNull(over);
        if (_entries.Length == 0)
        {
            return over;
        }

        SessionContext merged = this;
        foreach (KeyValuePair<string, object?> entry in over._entries)
        {
            if (entry.Value is not Missing || !merged.Find(entry.Key, out _))
            {
                merged = merged.With(entry.Key, entry.Value);
            }
        }

        return merged;
    }

    /// <summary>Looks an entry up.</summary>
    /// <typeparam name="TValue">The type of the value.</typeparam>
    /// <param name="key">The entry to find.</param>
    /// <param name="value">Its value when the result is <see langword="true"/>.</param>
    /// <returns>Whether there is such an entry with a value of that type.</returns>
    public bool TryGet<TValue>(SessionKey<TValue> key, [MaybeNullWhen(false)] out TValue value)
    {
        ArgumentNullException.ThrowIfNull(key);
        bool has = Find(key.Name, out object? entry);
        if (has && entry is TValue found && found is not Missing)
        {
            value = found;
            return true;
        }

        value = default;
        return has && entry is null && default(TValue) is null;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _entries.Where(IsVisible).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal string? WhyMissing(string name) =>
        IndexOf(name) is var index and >= 0 && _entries[index].Value is Missing missing ? missing.Reason : null;

    private bool Find(string name, out object? value)
    {
        int index = IndexOf(name);
        value = index < 0 ? null : _entries[index].Value;
        return index >= 0;
    }

    private int IndexOf(string name)
    {
        for (int i = 0; i < _entries.Length; i++)
        {
            if (_entries[i].Key == name)
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsVisible(KeyValuePair<string, object?> entry) => entry.Value is not Missing;

    private sealed record Missing(string Reason);
}
