using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace EventDrivenActors;

/// <summary>An immutable bag of named values that handlers read through <see cref="Session.Get{TValue}"/>.</summary>
/// <remarks>
/// Three layers exist, the later ones winning: the controller's options, the run, the event. Since a context never changes, one
/// instance may serve any number of events and threads.
/// </remarks>
public sealed class SessionContext : IReadOnlyCollection<KeyValuePair<string, object?>>
{
    private readonly KeyValuePair<string, object?>[] _entries;

    private SessionContext(KeyValuePair<string, object?>[] entries) => _entries = entries;

    /// <summary>The context without entries.</summary>
    public static SessionContext Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _entries.Length;

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

    /// <summary>Returns a copy of this context in which the entry <paramref name="name"/> has <paramref name="value"/>.</summary>
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

    /// <summary>Returns this context with all entries of <paramref name="over"/> laid over it.</summary>
    /// <param name="over">The context whose entries win.</param>
    /// <returns>The merged context.</returns>
    public SessionContext Merge(SessionContext over)
    {
        ArgumentNullException.ThrowIfNull(over);
        if (Count == 0)
        {
            return over;
        }

        SessionContext merged = this;
        foreach (KeyValuePair<string, object?> entry in over._entries)
        {
            merged = merged.With(entry.Key, entry.Value);
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
        int index = IndexOf(key.Name);
        if (index >= 0 && _entries[index].Value is TValue found)
        {
            value = found;
            return true;
        }

        value = default;
        return index >= 0 && _entries[index].Value is null && default(TValue) is null;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, object?>>)_entries).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

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
}
