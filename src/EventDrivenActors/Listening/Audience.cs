namespace EventDrivenActors.Listening;

/// <summary>
/// The listeners of one controller for one key, each counted, so that listening twice delivers once. Changed under the
/// hub's lock; any thread may read it.
/// </summary>
/// <remarks>
/// The array is made when it is next read: thousands of listenings in a row would else copy it each time.
/// </remarks>
internal sealed class Audience<TListener>
    where TListener : class
{
    // Under the lock of the dictionary itself.
    private readonly Dictionary<TListener, int> _members = [];

    // Written under the lock of _members; any thread reads it.
    private volatile TListener[]? _snapshot = [];

    public IReadOnlyList<TListener> Members
    {
        get
        {
            if (_snapshot is { } current)
            {
                return current;
            }

            lock (_members)
            {
                return _snapshot = [.. _members.Keys];
            }
        }
    }

    public void Add(TListener listener)
    {
        lock (_members)
        {
            _members[listener] = _members.GetValueOrDefault(listener) + 1;
            _snapshot = null;
        }
    }

    /// <returns>Whether a listener is left.</returns>
    public bool Remove(TListener listener)
    {
        lock (_members)
        {
            if (--_members[listener] == 0)
            {
                _members.Remove(listener);
            }

            _snapshot = null;
            return _members.Count > 0;
        }
    }
}
